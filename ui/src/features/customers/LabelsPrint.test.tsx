import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { nothing, type Selection } from '@/shared/parts/grid/selection.ts';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { GreetingPrint } from './GreetingPrint.tsx';
import { LabelsPrint, labelName } from './LabelsPrint.tsx';
import type { Filter, Profile } from './queries.ts';

const long = '新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县纳达齐牛录乡 138 号院 3 单元 2 楼西户（请走北门，门铃坏了，到了打电话）';
const people = [
  { id: 1, cells: ['䶮𠮷', '䶮姐', '138 1234 5678', '小满街 1 号'] },
  { id: 2, cells: ['买买提·阿卜杜拉·穆罕默德艾力', 2, null, long] },
  { id: 3, cells: ['王芳', '王芳', '139 0000 1111', ''] },
];
const table = (input: Record<string, unknown>) => {
  const { offset, limit } = input['filter'] as { offset: number; limit: number };
  return { rows: people.slice(offset, offset + limit), total: people.length };
};
const filter = { text: '' } as Filter;
const print = (selection: Selection, chosen: number) => <LabelsPrint filter={filter} selection={selection} total={people.length} chosen={chosen} onClose={() => undefined} />;

// The test's document has no style sheets of its own making, on which the page of a print is told.
beforeAll(() => {
  Object.defineProperty(document, 'adoptedStyleSheets', { value: [], writable: true });
  vi.stubGlobal('CSSStyleSheet', class { replaceSync() {} });
});

describe('labels', () => {
  it('stand for everybody who is listed, with rare and long names and addresses whole', async () => {
    answerWith({ customer_table: table });
    await show(print(nothing, 0));
    expect(await screen.findByText('䶮𠮷（䶮姐）')).toBeTruthy();
    expect(screen.getByText('买买提·阿卜杜拉·穆罕默德艾力')).toBeTruthy();
    expect(screen.getByText(long)).toBeTruthy();
    expect(screen.getByText('王芳')).toBeTruthy();
  });

  it('stand for those who are chosen and nobody else', async () => {
    answerWith({ customer_table: table });
    await show(print({ all: true, except: new Set([2]) }, 2));
    await screen.findByText('王芳');
    expect(screen.queryByText(long)).toBeNull();
  });

  it('do not say the same name twice', () => {
    expect(labelName({ name: '王芳', salutation: '王芳' })).toBe('王芳');
    expect(labelName({ name: '王芳', salutation: '' })).toBe('王芳');
  });
});

describe('labels on sheets that are cut already', () => {
  it('leave what is used up empty, lie where the sheet has them and refuse what does not fit', async () => {
    answerWith({ customer_table: table });
    await show(print(nothing, 0));
    fireEvent.click(await screen.findByRole('radio', { name: 'A4 不干胶' }));
    fireEvent.change(screen.getByLabelText(/从第几张开始/), { target: { value: '3' } });
    const pieces = [...document.querySelectorAll('[data-preview] [data-empty], [data-preview] section')].map((piece) => piece.tagName);
    expect(pieces).toEqual(['DIV', 'DIV', 'SECTION', 'SECTION', 'SECTION']);
    const sheet = screen.getByText(long).closest<HTMLElement>('[style]');
    expect([sheet?.style.gridTemplateColumns, sheet?.style.gridAutoRows]).toEqual(['repeat(3, 70mm)', '37mm']);
    fireEvent.click(screen.getByRole('combobox', { name: '标签纸' }));
    fireEvent.click(screen.getByRole('option', { name: '自己量' }));
    fireEvent.change(screen.getByLabelText('标签宽（毫米）'), { target: { value: '71' } });
    expect(screen.getByRole('alert').textContent).toContain('比纸宽');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /打印 3 条/ }).disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('标签宽（毫米）'), { target: { value: '69,5' } });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a greeting card', () => {
  it('calls the customer as the shop does and bears the words that were typed', async () => {
    const profile = { customer: { name: '䶮𠮷', salutation: '䶮姐' } } as unknown as Profile;
    await show(<GreetingPrint profile={profile} onClose={() => undefined} />);
    await waitFor(() => expect(screen.getAllByText('䶮姐：').length).toBeGreaterThan(0));
    expect(screen.getAllByText(/祝您生日快乐/).length).toBeGreaterThan(1);
    fireEvent.change(screen.getByLabelText('写在卡上的话'), { target: { value: '中秋快乐' } });
    expect(screen.getAllByText('中秋快乐').length).toBeGreaterThan(1);
    expect(screen.getAllByText('小满面包房').length).toBeGreaterThan(0);
  });
});
