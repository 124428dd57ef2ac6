// The customer at the counter was chosen once more in the search box: no place changes, and still the till should have the
// focus. Whatever stands there takes it.
import { useEffect, useRef } from 'react';

const listeners = new Set<() => void>();

export function serveAgain(): void {
  for (const heard of listeners) heard();
}

export function useServedAgain(takeFocus: () => void): void {
  const take = useRef(takeFocus);
  useEffect(() => {
    take.current = takeFocus;
  });
  useEffect(() => {
    const heard = () => take.current();
    listeners.add(heard);
    return () => void listeners.delete(heard);
  }, []);
}
