// Rows of equal height, of which only those on the screen and a few around it exist.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { placeAt, scaleOf, scrolled, showing, start, type Place } from './scale.ts';

interface Asked {
  total: number;
  height: number;
  /** What stands above the rows inside of the scroller and covers some of them. */
  head?: number;
  scroller: RefObject<HTMLDivElement | null>;
  /** Where the list was left. */
  initial: number;
}

/** Rows that are drawn above and below the screen. */
const AROUND = 6;

export function useRows({ total, height, head = 0, scroller, initial }: Asked) {
  const [view, setView] = useState(0);
  const scale = useMemo(() => scaleOf(total * height, view), [total, height, view]);
  const [place, setPlace] = useState<Place>(start);
  // What the listener compares with; the state is what is drawn.
  const now = useRef({ scale, place, top: 0 });
  now.current.scale = scale;

  const goTo = useCallback(
    (next: Place) => {
      const box = scroller.current;
      now.current.place = next;
      now.current.top = next.offset - next.shift;
      setPlace(next);
      if (box && Math.abs(box.scrollTop - now.current.top) >= 1) box.scrollTop = now.current.top;
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () => setView(Math.max(0, box.clientHeight - head));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    const onScroll = () => {
      const { scale: known, place: from, top: before } = now.current;
      const top = box.scrollTop;
      const next = scrolled(known, from, before, top);
      if (next.offset === from.offset && next.shift === from.shift) return;
      // Rows that are laid anew move together with the scroller, before anything is painted.
      if (next.shift !== from.shift) flushSync(() => goTo(next));
      else {
        now.current.place = next;
        now.current.top = top;
        setPlace(next);
      }
    };
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [scroller, head, goTo]);

  // Where the list was left, as soon as it is high enough; and the same rows when the letters grow.
  const drawnFor = useRef<{ height: number } | undefined>(undefined);
  useEffect(() => {
    if (view === 0 || total === 0) return;
    const was = drawnFor.current;
    drawnFor.current = { height };
    if (was === undefined) goTo(placeAt(now.current.scale, initial));
    else if (was.height !== height) goTo(placeAt(now.current.scale, (now.current.place.offset / was.height) * height));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, height, total === 0]);

  const show = useCallback((row: number) => goTo(showing(now.current.scale, now.current.place, row, height)), [goTo, height]);
  const toTop = useCallback(() => goTo(start), [goTo]);
  const first = Math.max(0, Math.min(total, Math.floor(place.offset / height)) - AROUND);
  const end = Math.min(total, Math.ceil((place.offset + view) / height) + AROUND);
  const items = Array.from({ length: Math.max(0, end - first) }, (_, n) => ({ index: first + n, top: (first + n) * height - place.shift }));
  return { items, offset: place.offset, shift: place.shift, drawn: scale.drawn, seen: view, show, toTop };
}
