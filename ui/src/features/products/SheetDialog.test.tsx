import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { readFacts, SheetDialog } from './SheetDialog.tsx';

const sheet = {
  product: { id: 7, name: '悦己精华', sku: 'YJ-30', barcode: null, category: '护肤', price_minor: 29_900, stock: null, is_low: false, favourite: null },
  specification: '净含量：30 毫升\n无酒精',
  questions: '问：孕妇能用吗？\n答：能。',
  photo: 'data:image/png;base64,iVBORw0KGgo=',
};

// The test's document has no style sheets of its own making, on which the page of a print is told.
beforeAll(() => {
  Object.defineProperty(document, 'adoptedStyleSheets', { value: [], writable: true });
  vi.stubGlobal('CSSStyleSheet', class { replaceSync() {} });
});

describe('the sheet of a product', () => {
  it('reads a fact as a word and what it is, with either colon', () => {
    expect(readFacts('净含量：30 毫升\n\n产地: 上海\n无酒精')).toEqual([
      { word: '净含量', what: '30 毫升' },
      { word: '产地', what: '上海' },
      { word: '无酒精', what: '' },
    ]);
  });

  it('keeps what was typed and then stands on paper with price, photo, facts and questions', async () => {
    const calls = answerWith({ product_sheet: () => sheet, product_sheet_save: (input) => ({ ...sheet, specification: input['specification'] }) });
    await show(<SheetDialog id={7} onClose={() => undefined} />);
    const facts = await screen.findByLabelText(/规格/);
    fireEvent.change(facts, { target: { value: '净含量：50 毫升' } });
    fireEvent.click(screen.getByText('保存并打印'));
    await waitFor(() => expect(calls.find((call) => call.name === 'product_sheet_save')?.input).toMatchObject({ id: 7, specification: '净含量：50 毫升' }));
    await waitFor(() => expect(screen.getAllByText('¥299.00').length).toBeGreaterThan(0));
    expect(screen.getAllByText('悦己精华').length).toBeGreaterThan(0);
    expect(screen.getAllByText(/孕妇能用吗/).length).toBeGreaterThan(0);
    expect(screen.getAllByAltText('悦己精华')[0]).toHaveProperty('src', sheet.photo);
  });

  it('says beside the photo what is wrong with it', async () => {
    const refusal = { code: 'invalid', message: '', fields: [{ field: 'photo', problem: 'photo.unreadable', values: {}, message: '请选一张照片：JPEG、PNG 或 WebP。' }] };
    answerWith({ product_sheet: () => sheet, product_sheet_save: () => refusal });
    await show(<SheetDialog id={7} onClose={() => undefined} />);
    fireEvent.click(await screen.findByText('去掉照片'));
    expect(await screen.findByText('请选一张照片：JPEG、PNG 或 WebP。')).toBeTruthy();
  });
});
