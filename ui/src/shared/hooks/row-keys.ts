// A list whose rows are buttons: the arrow keys go from the filters above to its first row and from one row to the next;
// Enter opens, as on any button.
import type { RefObject } from 'react';
import { useKey } from './keys.ts';

export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  const move = (step: 1 | -1): boolean => {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = at < 0 && step < 0 ? undefined : rows[at + step];
    next?.focus();
    return next !== undefined;
  };
  useKey('ArrowDown', () => move(1));
  useKey('ArrowUp', () => move(-1));
}
