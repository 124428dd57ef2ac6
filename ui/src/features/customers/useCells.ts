// Cells that were typed over: saved one by one, and the last ones taken back in the same place.
import { useRef, useState } from 'react';
import { newClientKey } from '@/backend/index.ts';
import { ApiError } from '@/backend/index.ts';
import type { GridColumn } from '@/shared/parts/grid/types.ts';
import { typed } from './columns.tsx';
import { useSetCell, type Cell, type Column, type TableRow } from './queries.ts';

interface Edit {
  row: TableRow;
  column: Column;
  was: string;
  value: string;
  /** For the sentence about it. */
  name: string;
  word: string;
}

/** How many edits can be taken back. */
const REMEMBERED = 50;
/** Covered digits cannot be put back by somebody who never saw them. */
const isCovered = (text: string): boolean => text.includes('*');

export function useCells(columns: readonly GridColumn<TableRow>[], nameOf: (row: TableRow) => Cell | undefined) {
  const set = useSetCell();
  const edits = useRef<Edit[]>([]);
  const [last, setLast] = useState<{ edit: Edit; isUndone: boolean; error?: string }>();

  const write = async (row: TableRow, column: Column, was: string, value: string): Promise<{ now: string } | { error: string }> => {
    try {
      const answer = await set.mutateAsync({ client_key: newClientKey(), id: row.id, column, was, value });
      return { now: typed(answer.value) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { error: error.of('value') ?? error.message };
    }
  };

  /** Saves a cell; answers the refusal, if any. */
  const save = async (row: TableRow, column: string, was: string, value: string): Promise<string | undefined> => {
    const done = await write(row, column as Column, was, value);
    if ('error' in done) return done.error;
    const word = columns.find((it) => it.key === column)?.word ?? column;
    const edit = { row, column: column as Column, was, value: done.now, name: typed(nameOf(row)), word };
    edits.current = [...edits.current.slice(1 - REMEMBERED), edit];
    setLast({ edit, isUndone: false });
    return undefined;
  };

  /** Takes the last edit back. */
  const undo = () => {
    const edit = edits.current.pop();
    if (!edit || isCovered(edit.was)) return;
    void write(edit.row, edit.column, edit.value, edit.was).then((done) => setLast({ edit, isUndone: !('error' in done), error: 'error' in done ? done.error : undefined }));
  };

  return { save, undo, last, canUndo: last !== undefined && !last.isUndone && last.error === undefined && !isCovered(last.edit.was) };
}

export type Cells = ReturnType<typeof useCells>;
