// A heading that is drawn to another place: where it would stand is shown while it is drawn, and a short press stays a press.
import { useEffect, useRef, useState, type PointerEvent as Press } from 'react';

/** Pixels by which a hand shakes. */
const SHAKE = 6;

/** Where a column from `from` lands that is let go at `x`, by the middles of all headings. */
export function landing(middles: readonly number[], from: number, x: number): number {
  const edge = middles.filter((middle) => middle < x).length;
  return edge > from ? edge - 1 : edge;
}

function middlesOf(heading: HTMLElement): number[] {
  return [...(heading.parentElement?.querySelectorAll('[data-heading]') ?? [])].map((it) => {
    const { left, width } = it.getBoundingClientRect();
    return left + width / 2;
  });
}

export function useMoving(onMove: (from: number, to: number) => void) {
  const [drawn, setDrawn] = useState<{ from: number; to: number }>();
  const wasDrawn = useRef(false);
  /** Lets go without having moved anything. */
  const leave = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => leave.current?.(), []);

  const begin = (press: Press<HTMLElement>, from: number) => {
    wasDrawn.current = false;
    // A finger scrolls.
    if (press.button !== 0 || press.pointerType === 'touch') return;
    const heading = press.currentTarget;
    const start = press.clientX;
    const follow = (event: PointerEvent) => {
      if (!wasDrawn.current && Math.abs(event.clientX - start) < SHAKE) return;
      wasDrawn.current = true;
      const to = landing(middlesOf(heading), from, event.clientX);
      setDrawn((before) => (before?.to === to ? before : { from, to }));
    };
    const end = () => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', end);
      leave.current = undefined;
      setDrawn(undefined);
    };
    const drop = (event: PointerEvent) => {
      end();
      const to = landing(middlesOf(heading), from, event.clientX);
      if (wasDrawn.current && to !== from) onMove(from, to);
      // The press that follows at once is none; every later one is.
      setTimeout(() => (wasDrawn.current = false));
    };
    leave.current = end;
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', end);
  };
  /** Whether the press that just ended was none, because the heading was drawn. */
  return { drawn, begin, wasDrawn: () => wasDrawn.current };
}
