import { describe, expect, it } from 'vitest';
import type { LastOrder, Product } from './queries.ts';
import { emptyForm, isEmpty, oneMore, readForm, toggleWord, withGift, withLine, withOrder, withProduct, withWords } from './form.ts';

const cake = { id: 5, name: '奶油蛋糕', sku: null, barcode: null, category: null, price_minor: 1000, stock: null, is_low: false, favourite: null } as unknown as Product;

describe('the sale that is being typed', () => {
  it('counts one more when the same product comes again', () => {
    const twice = withProduct(withProduct(emptyForm('k'), cake, 'a'), cake, 'b');
    expect(twice.lines).toHaveLength(1);
    expect(twice.lines[0]?.quantity).toBe('2');
  });

  it('begins a new line when the price of the first was changed', () => {
    const changed = withLine(withProduct(emptyForm('k'), cake, 'a'), 'a', { price: '8' });
    expect(withProduct(changed, cake, 'b').lines.map((line) => line.quantity)).toEqual(['1', '1']);
  });

  it('adds to a weighed quantity without losing a gram', () => {
    expect(oneMore('1.005')).toBe('2.005');
    expect(oneMore('0.5', -1)).toBe('0');
    expect(oneMore('两个')).toBe('1');
  });

  it('is sent as lines once there are lines, and as one amount before', () => {
    const amount = readForm({ ...emptyForm('k'), amount: '３６．５' }, 7, 2, '微信', '1');
    expect(amount.sale).toMatchObject({ customer_id: 7, amount_minor: 3650, lines: [] });
    const lines = readForm(withProduct({ ...emptyForm('k'), amount: '36' }, cake, 'a'), undefined, 2, '微信', '1');
    expect(lines.sale).toMatchObject({ amount_minor: null, lines: [{ product_id: 5, quantity: '1', unit_price_minor: null }] });
  });

  it('adds what fits at nothing with the reason once, and loses no amount that was typed', () => {
    let n = 0;
    const newKey = () => `k${n++}`;
    const words = { why: '试用', bought: '消费' };
    const typed = withGift({ ...emptyForm('k'), amount: '86', reason: '熟客' }, cake, words, newKey);
    expect(typed.lines.map((line) => [line.name, line.productId, line.price])).toEqual([
      ['消费', undefined, '86'],
      ['奶油蛋糕', 5, '0'],
    ]);
    expect(typed).toMatchObject({ amount: '', reason: '熟客，试用' });
    const again = withGift(typed, { ...cake, id: 6 as typeof cake.id, name: '试用装' }, words, newKey);
    expect(again.reason).toBe('熟客，试用');
    expect(again.lines).toHaveLength(3);
  });

  it('names every field that cannot be read', () => {
    const form = { ...withLine(withProduct(emptyForm('k'), cake, 'a'), 'a', { price: '八块' }), discount: '1.234' };
    expect([...readForm(form, undefined, 2, '', '1').unread]).toEqual(['lines.0.unit_price_minor', 'discount_minor']);
    expect([...readForm(emptyForm('k'), undefined, 2, '', '1').unread]).toEqual(['amount_minor']);
  });

  it('takes the last order with its words at their own price and its products at theirs', () => {
    const order = { lines: [{ product_id: 5, description: '奶油蛋糕', quantity: '2', unit_price_minor: null }, { product_id: null, description: '写字', quantity: '1', unit_price_minor: 500 }], amount_minor: null, packaging: '红丝带' } as unknown as LastOrder;
    let n = 0;
    const form = withOrder(emptyForm('k'), order, (minor) => (minor / 100).toFixed(2), () => String(n++));
    expect(form.lines.map((line) => [line.name, line.quantity, line.price])).toEqual([['奶油蛋糕', '2', ''], ['写字', '1', '5.00']]);
    expect(form.packaging).toBe('红丝带');
  });

  it('puts a quick word into the note and out again', () => {
    expect(toggleWord(toggleWord('少糖', '加急'), '要发票')).toBe('少糖，加急，要发票');
    expect(toggleWord('少糖，加急', '加急')).toBe('少糖');
  });

  it('is empty only while nothing would be missed', () => {
    expect(isEmpty(emptyForm('k'))).toBe(true);
    expect(isEmpty(withWords(emptyForm('k'), '手写卡', 'a'))).toBe(false);
    expect(isEmpty({ ...emptyForm('k'), note: '少糖' })).toBe(false);
  });
});
