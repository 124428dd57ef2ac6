// A list can be walked with the arrow keys as soon as it is there, without being clicked first. A field that
// somebody writes in is never left. A list in which letters do nothing may take over from the box for finding customers
// while that is empty: whoever goes from the counter to it by a key means the list.
import { useEffect, type RefObject } from 'react';

export function useFirstFocus(list: RefObject<HTMLElement | null>, from?: 'empty_search'): void {
  useEffect(() => {
    const at = document.activeElement;
    const isFree = from === 'empty_search' && at instanceof HTMLInputElement && at.value === '' && !at.closest('main');
    if (at === document.body || at?.closest('nav') || isFree) list.current?.focus({ preventScroll: true });
  }, [list, from]);
}
