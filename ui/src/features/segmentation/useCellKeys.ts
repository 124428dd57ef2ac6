// The arrow keys walk over the cells of a table, each of which says where it stands in `data-cell`.
import { useRef, type KeyboardEvent } from 'react';

const steps: Record<string, readonly [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function useCellKeys() {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell?.split(' ').map(Number);
    if (!step || !at) return;
    const to = table.current?.querySelector<HTMLElement>(`[data-cell="${(at[0] ?? 0) + step[0]} ${(at[1] ?? 0) + step[1]}"]`);
    to?.focus();
    event.preventDefault();
  };
  return { ref: table, onKeyDown };
}

/** How much of a whole a cell holds, in four shades. */
export const shadeOf = (part: number, all: number): number => Math.min(4, 1 + Math.floor((part / Math.max(1, all)) * 4));
