// Typing over a cell: it begins with what stands there or with what is typed, Enter saves, Esc leaves. What was typed
// stays until it is saved or left, whatever the refusal says.
import { useCallback, useState } from 'react';
import type { CellOption, Editing, GridColumn } from './types.ts';

interface Asked<Row> {
  columns: readonly GridColumn<Row>[];
  rowAt: (index: number) => Row | undefined;
  /** Saves; answers the refusal, if any. */
  onEdit: (row: Row, column: string, was: string, value: string) => Promise<string | undefined>;
}

export function useEditing<Row>({ columns, rowAt, onEdit }: Asked<Row>) {
  const [editing, setEditing] = useState<Editing>();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [optionAt, setOptionAt] = useState(-1);
  const [isTyped, setTyped] = useState(false);
  const [isMeant, setMeant] = useState(false);

  const all = (editing && columns[editing.column]?.edit?.options) ?? [];
  const options = isTyped && text !== '' ? all.filter((option) => option.word.includes(text)) : all;

  const leave = useCallback(() => {
    setEditing(undefined);
    setText('');
    setError(undefined);
    setTyped(false);
    setMeant(false);
    setOptionAt(-1);
  }, []);

  /** Begins to edit; `typed` replaces what stands there. Answers whether the cell can be edited at all. */
  const begin = (row: number, column: number, typed?: string): boolean => {
    const edit = columns[column]?.edit;
    const data = rowAt(row);
    if (!edit || data === undefined) {
      setText('');
      return false;
    }
    const was = edit.text(data);
    const word = edit.options?.find((option) => option.value === was)?.word ?? was;
    setEditing({ row, column, was });
    setText(typed ?? word);
    setTyped(typed !== undefined);
    setMeant(typed === undefined);
    setError(undefined);
    setOptionAt(edit.options?.findIndex((option) => option.value === was) ?? -1);
    return true;
  };

  const type = (next: string) => {
    setText(next);
    setTyped(true);
    setOptionAt(-1);
    setError(undefined);
  };

  /** Saves what was typed, or an option that was taken. Answers whether the cell may be left. */
  const save = async (taken?: CellOption): Promise<boolean> => {
    if (!editing || isBusy) return !isBusy;
    const data = rowAt(editing.row);
    const column = columns[editing.column];
    const option = taken ?? options[optionAt] ?? all.find((it) => it.word === text.trim());
    const value = option?.value ?? text.trim();
    if (data === undefined || !column || value === editing.was) {
      leave();
      return true;
    }
    setBusy(true);
    const refusal = await onEdit(data, column.key, editing.was, value);
    setBusy(false);
    if (refusal === undefined) {
      leave();
      return true;
    }
    setError(refusal);
    // Whoever looks again saves against what stands there now.
    const now = rowAt(editing.row);
    if (now !== undefined && column.edit) setEditing({ ...editing, was: column.edit.text(now) });
    return false;
  };

  const walkOptions = (step: number) => setOptionAt((at) => Math.max(0, Math.min(options.length - 1, at + step)));

  return { editing, isMeant, text, error, options, optionAt, begin, type, save, leave, walkOptions };
}
