// What time it is for the window: the backend's time, carried on by this computer's steady counter. A PC
// whose battery died, and a test whose clock stands in another year, both show what the backend says.
import { useEffect, useState } from 'react';

let offset: number | undefined;
let anchor = 0;
const watchers = new Set<() => void>();

/** The backend said what time it was just now. */
export function setNow(instant: string | number): void {
  offset = new Date(instant).getTime();
  anchor = performance.now();
  for (const look of watchers) look();
}

/** Milliseconds since 1970 by the backend's clock. */
export function now(): number {
  return offset === undefined ? Date.now() : offset + (performance.now() - anchor);
}

/** The time, once per `every` milliseconds, aligned so that all clocks of a screen step together. */
export function useNow(every = 1000): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const step = () => {
      clearTimeout(timer);
      setAt(now());
      timer = setTimeout(step, every - (now() % every) + 1);
    };
    timer = setTimeout(step, every - (now() % every) + 1);
    watchers.add(step);
    return () => {
      clearTimeout(timer);
      watchers.delete(step);
    };
  }, [every]);
  return at;
}
