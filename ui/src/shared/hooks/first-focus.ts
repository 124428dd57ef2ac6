// A list can be walked with the arrow keys as soon as it is there, without being clicked first. A field that
// somebody writes in is never left.
import { useEffect, type RefObject } from 'react';

export function useFirstFocus(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const at = document.activeElement;
    if (at === document.body || at?.closest('nav')) list.current?.focus({ preventScroll: true });
  }, [list]);
}
