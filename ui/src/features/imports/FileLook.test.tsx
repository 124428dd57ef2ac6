import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { show } from '@/shared/testing/render.tsx';
import { FileLook } from './FileLook.tsx';
import type { Look, Preview, Report } from './queries.ts';

const preview = {
  kind: 'customers',
  encoding: 'UTF-8',
  heading: 1,
  sheets: [],
  sheet: null,
  columns: ['姓名', '手机'],
  fields: [
    { field: 'name', column: '姓名', is_required: true },
    { field: 'phone', column: '手机', is_required: false },
  ],
  rows: [
    ['王芳', '13812345678'],
    ['', '1.38E+10'],
  ],
  row_numbers: [2, 3],
} as unknown as Preview;
const report = {
  first_rows: [
    { row: 2, what: 'created' },
    { row: 3, what: 'error' },
  ],
  errors: [{ row: 3, field: 'name', code: 'name.missing', message: '没有姓名' }],
  warnings: [{ row: 2, field: 'phone', code: 'phone.shared', message: '这个号码别人也有' }],
} as unknown as Report;

describe('the first rows of a file', () => {
  it('tell what is left out from what only deserves a look, by word and by colour', async () => {
    await show(<FileLook look={{} as Look} preview={preview} report={report} onLook={() => undefined} />);
    const cell = (text: RegExp) => screen.getByText(text).closest('td')?.dataset['wrong'];
    expect(cell(/没有姓名/)).toBe('late');
    expect(screen.getByText('不能导入')).toBeTruthy();
    expect(cell(/这个号码别人也有/)).toBe('soon');
    expect(screen.getByText('留意')).toBeTruthy();
  });
});
