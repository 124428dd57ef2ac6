// A browser draws nothing higher than some 33 million pixels; at 40 pixels a row that is the 838,000th. A longer list is
// drawn lower than it is: near a place a pixel is a pixel, so that rows glide as everywhere, and a far jump goes by the
// share of the way. The shift is how far the drawn rows lie above where they belong.

/** Far below what any browser refuses. */
export const HIGHEST = 12_000_000;

export interface Scale {
  /** How high the list is. */
  tall: number;
  /** How high it is drawn. */
  drawn: number;
  /** How much of it is seen at once. */
  view: number;
}

export interface Place {
  /** Where in the list the screen begins. */
  offset: number;
  shift: number;
}

export const start: Place = { offset: 0, shift: 0 };

export const scaleOf = (tall: number, view: number): Scale => ({ tall, drawn: Math.min(tall, HIGHEST), view });

const within = (scale: Scale, offset: number): number => Math.max(0, Math.min(Math.max(0, scale.tall - scale.view), offset));
const ratioOf = ({ tall, drawn, view }: Scale): number => Math.max(1, (tall - view) / Math.max(1, drawn - view));

/** A place that can be scrolled from in both directions, and reaches both ends. */
export function placeAt(scale: Scale, wished: number): Place {
  const offset = within(scale, wished);
  const { tall, drawn, view } = scale;
  const near = ratioOf(scale) * 4 * view;
  if (drawn === tall || offset < near) return { offset, shift: 0 };
  if (tall - view - offset < near) return { offset, shift: tall - drawn };
  return { offset, shift: Math.round(offset - offset / ratioOf(scale)) };
}

/** Where a scroll to `top` leads from a place whose top was `before`. The rows are laid anew before their end comes near. */
export function scrolled(scale: Scale, place: Place, before: number, top: number): Place {
  const { tall, drawn, view } = scale;
  if (drawn === tall) return { offset: top, shift: 0 };
  if (Math.abs(top - before) > 4 * view) {
    const offset = within(scale, Math.round(top * ratioOf(scale)));
    return { offset, shift: offset - top };
  }
  const offset = within(scale, top + place.shift);
  const endsAbove = top < 2 * view && place.shift > 0;
  const endsBelow = top > drawn - 3 * view && place.shift < tall - drawn;
  return endsAbove || endsBelow ? placeAt(scale, offset) : { offset, shift: place.shift };
}

/** The place from which a row is seen whole; the same one where it is seen already. */
export function showing(scale: Scale, place: Place, row: number, height: number): Place {
  const [above, below] = [row * height, (row + 1) * height];
  const offset = above < place.offset ? above : below > place.offset + scale.view ? below - scale.view : place.offset;
  if (offset === place.offset) return place;
  const top = offset - place.shift;
  const { drawn, view } = scale;
  const isNear = Math.abs(offset - place.offset) <= 4 * view && top > 2 * view && top < drawn - 3 * view;
  return isNear ? { offset, shift: place.shift } : placeAt(scale, offset);
}
