// Choosing rows by mouse and keyboard: one by one, a stretch from where it began, everything that matches.
import { useRef } from 'react';
import { everything, nothing, toggled, withRows, type Selection } from './selection.ts';

interface Asked<Row> {
  selection: Selection;
  onSelect: (next: Selection) => void;
  rowAt: (index: number) => Row | undefined;
  idOf: (row: Row) => number;
  /** Ids of some rows that are not on the screen. */
  idsBetween: (from: number, to: number) => Promise<readonly number[]>;
}

export function useSelecting<Row>({ selection, onSelect, rowAt, idOf, idsBetween }: Asked<Row>) {
  /** Where a stretch began, and what was chosen before it. */
  const begun = useRef<{ at: number; before: Selection } | undefined>(undefined);

  const toggle = (index: number) => {
    const row = rowAt(index);
    if (row === undefined) return;
    const next = toggled(selection, idOf(row));
    begun.current = { at: index, before: next };
    onSelect(next);
  };

  /** From where the stretch began to this row. */
  const stretch = async (from: number, to: number) => {
    begun.current ??= { at: from, before: selection };
    const { at, before } = begun.current;
    const [first, last] = [Math.min(at, to), Math.max(at, to)];
    const here: number[] = [];
    for (let index = first; index <= last; index += 1) {
      const row = rowAt(index);
      if (row === undefined) break;
      here.push(idOf(row));
    }
    onSelect(withRows(before, here.length === last - first + 1 ? here : await idsBetween(first, last)));
  };

  return {
    toggle,
    stretch,
    /** The next stretch begins anew. */
    rest: () => (begun.current = undefined),
    all: () => onSelect(everything),
    none: () => onSelect(nothing),
  };
}
