// An order as somebody wrote it into a chat or a sheet: a line for each thing, how many, and perhaps its price. What the
// shop has is found; what it does not have stays in words, and its price has still to be typed where none was written.
import { toPlainDigits } from '@/shared/format/index.ts';
import type { LineForm, TillForm } from './form.ts';
import { findProducts, type Product } from './queries.ts';

export interface PastedLine {
  what: string;
  quantity: string;
  price: string;
}

/** What stands before a thing of a list: a dash, a dot, `1.` or `2）`. */
const MARK = /^\s*(?:[-–•·]\s*|\d{1,2}[.、)）](?!\d)\s*)?/;
const UNIT = '(?:个|個|份|只|隻|盒|杯|件|袋|瓶|斤|块|塊|条|條|包|张|張|套|公斤|kg)';
const NUMBER = String.raw`(\d+(?:\.\d{1,3})?)`;
const PRICE = String.raw`(?:\s*[@×*¥￥\s]\s*[¥￥]?\s*(\d+(?:\.\d{1,2})?)\s*元?)?`;
/** `吐司x1 18.00`: right after a letter, the x would belong to the name. A look behind would be shorter; old web views cannot. */
const TIMES = new RegExp(String.raw`^(.*?[^\u0000-\u007f])[xX]\s*${NUMBER}\s*${UNIT}?${PRICE}$`);
/** `牛角包 3`, `拿铁×2`, `蛋挞 6个 @5.5`. A number right after a name belongs to it. */
const AFTER = new RegExp(String.raw`^(.+?)(?:\s*[×*＊:：,，]\s*|\s+[xX]?\s*)${NUMBER}\s*${UNIT}?${PRICE}$`);
/** `牛角包3个` */
const WITH_UNIT = new RegExp(String.raw`^(.*[^\d.\s])${NUMBER}\s*${UNIT}$`);
/** `3个牛角包` */
const BEFORE = new RegExp(String.raw`^${NUMBER}\s*${UNIT}\s*(.+)$`);

function readLine(text: string): PastedLine | undefined {
  const line = toPlainDigits(text);
  if (line.includes('\t')) {
    const [what = '', quantity = '', price = ''] = line.split('\t').map((cell) => cell.trim());
    return what === '' ? undefined : { what, quantity: /^\d+(\.\d{1,3})?$/.test(quantity) ? quantity : '1', price: price.replaceAll(/[¥￥,元]/g, '') };
  }
  const words = line.replace(MARK, '').trim();
  if (words === '') return undefined;
  const after = TIMES.exec(words) ?? AFTER.exec(words) ?? WITH_UNIT.exec(words);
  if (after) return { what: after[1]?.trim() ?? '', quantity: after[2] ?? '1', price: after[3] ?? '' };
  const before = BEFORE.exec(words);
  return before ? { what: before[2]?.trim() ?? '', quantity: before[1] ?? '1', price: '' } : { what: words, quantity: '1', price: '' };
}

/** More lines than a person sells at once are some other text. */
const MOST = 100;

export const readPasted = (text: string): PastedLine[] =>
  text
    .split(/\r?\n/)
    .slice(0, MOST)
    .map(readLine)
    .filter((line) => line !== undefined);

export type FoundLine = PastedLine & { product?: Product };

/** What the shop sells under these words: the very name, or the only thing that is found. */
export async function lookUp(lines: readonly PastedLine[]): Promise<FoundLine[]> {
  return Promise.all(
    lines.map(async (line) => {
      const { rows } = await findProducts(line.what);
      const product = rows.find((row) => [row.name, row.sku, row.barcode].includes(line.what)) ?? (rows.length === 1 ? rows[0] : undefined);
      return { ...line, product };
    }),
  );
}

/** Adds what was pasted below what stands there already. */
export function withPasted(form: TillForm, found: readonly FoundLine[], newKey: () => string): TillForm {
  const lines = found.map(({ what, quantity, price, product }): LineForm => ({ key: newKey(), productId: product?.id, name: product?.name ?? what, quantity, price, discount: '' }));
  return lines.length === 0 ? form : { ...form, amount: '', lines: [...form.lines, ...lines] };
}
