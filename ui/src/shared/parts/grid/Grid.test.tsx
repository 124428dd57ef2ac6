import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { show } from '../../testing/render.tsx';
import { Grid } from './Grid.tsx';
import { nothing } from './selection.ts';

interface Row {
  id: number;
  cells: Record<string, string>;
}

async function grid() {
  const rows: Row[] = [
    { id: 1, cells: { name: '安小满', note: '', number: '100001' } },
    { id: 2, cells: { name: '白建国', note: '老街坊', number: '100002' } },
  ];
  const column = (key: string, isTyped: boolean) => ({ key, word: key, width: 100, cell: (row: Row) => row.cells[key], edit: isTyped ? { text: (row: Row) => row.cells[key] ?? '' } : undefined });
  const edit = vi.fn((_row: Row, _column: string, _was: string, _value: string) => Promise.resolve(undefined));
  const open = vi.fn();
  await show(
    <Grid
      label="客户"
      columns={[column('note', true), column('number', false)]}
      frozen={0}
      total={2}
      rowAt={(at) => rows[at]}
      idOf={(row) => row.id}
      onShow={() => undefined}
      onOpen={open}
      sort={undefined}
      descending={false}
      onSort={() => undefined}
      onMove={() => undefined}
      onWidth={() => undefined}
      selection={nothing}
      onSelect={() => undefined}
      idsBetween={() => Promise.resolve([])}
      onEdit={edit}
      onUndo={() => undefined}
      onPasteBlock={() => undefined}
      view="all"
    />,
  );
  const field = screen.getByRole<HTMLInputElement>('textbox');
  field.focus();
  return { field, edit, open };
}

test('the Enter that confirms what an input method made saves no cell, the next one does', async () => {
  const { field, edit, open } = await grid();
  fireEvent.compositionStart(field);
  fireEvent.change(field, { target: { value: 'zhou' } });
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: true });
  fireEvent.change(field, { target: { value: '周末来' } });
  fireEvent.compositionEnd(field, { data: '周末来' });
  // WebKit ends the composition before the Enter that confirmed it.
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
  expect(edit).not.toHaveBeenCalled();
  expect(open).not.toHaveBeenCalled();
  expect(field.value).toBe('周末来');
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
  await waitFor(() => expect(edit).toHaveBeenCalledOnce());
  expect(edit.mock.calls[0]?.slice(1)).toEqual(['note', '', '周末来']);
});

test('Esc, arrows and blanks of an input method stay in its list', async () => {
  const { field, edit } = await grid();
  fireEvent.compositionStart(field);
  fireEvent.change(field, { target: { value: 'lao' } });
  for (const key of ['ArrowDown', ' ', 'Tab', 'Escape']) fireEvent.keyDown(field, { key, keyCode: 229, isComposing: true });
  expect(field.value).toBe('lao');
  expect(edit).not.toHaveBeenCalled();
  fireEvent.compositionEnd(field, { data: '' });
  fireEvent.keyDown(field, { key: 'Escape', keyCode: 27 });
  expect(field.value).toBe('');
});

test('what an input method makes over a cell that is computed is nobody’s text', async () => {
  const { field, edit, open } = await grid();
  fireEvent.keyDown(field, { key: 'ArrowRight', keyCode: 39 });
  fireEvent.compositionStart(field);
  fireEvent.change(field, { target: { value: 'ren' } });
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: true });
  fireEvent.compositionEnd(field, { data: '人' });
  expect(field.value).toBe('');
  expect(edit).not.toHaveBeenCalled();
  expect(open).not.toHaveBeenCalled();
});
