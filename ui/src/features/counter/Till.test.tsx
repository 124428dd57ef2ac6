import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serveAgain } from '@/shared/hooks/served.ts';
import { answerWith as answer, customerRow, show, type Call } from '@/shared/testing/render.tsx';
import { changeForm, nextSale } from './draft.ts';
import { withProduct } from './form.ts';
import type { Product, Profile } from './queries.ts';
import { Till } from './Till.tsx';

const customer = customerRow(7, '张三') as unknown as Profile['row'];
const nothing = { product_favourites: () => ({ rows: [] }), counter_rules: () => ({ discount_limit_bp: 500, margin_minimum_bp: 0, quick_tags: ['加急'], receipt_footer: null }), draft_get: () => ({ content: null, saved_at: null }), draft_save: () => ({}) };
const answerWith = (answers: Parameters<typeof answer>[0]) => answer({ ...nothing, ...answers });
const sales = (calls: Call[]) => calls.filter((call) => call.name === 'sale_create');
const cake = { id: 5, name: '奶油蛋糕', sku: 'C1', barcode: '6901234567892', category: null, price_minor: 1000, stock: null, is_low: false, favourite: null };
const quote = (input: Record<string, unknown>) => {
  const lines = input['lines'] as { quantity: string }[];
  const amounts = lines.map((line) => 1000 * Number(line.quantity));
  const net = amounts.reduce((sum, each) => sum + each, 0);
  return { lines: amounts.map((amount_minor) => ({ description: '奶油蛋糕', unit_price_minor: 1000, list_price_minor: null, is_agreed: false, amount_minor, offers_minor: 0, stock_left: null })), gross_minor: net, offers: [], offers_aside: [], hints: [], discount_minor: 0, coupons_minor: 0, points_minor: 0, net_minor: net, needs_reason: false, needs_right: null, has_right: true };
};
const amount = () => screen.getByLabelText('金额');
const send = () => fireEvent.submit(screen.getByLabelText('商品').closest('form') as HTMLFormElement);
const ready = () => new Promise((resolve) => setTimeout(resolve, 20));
beforeEach(nextSale);

describe('the till', () => {
  it('sells the typed amount to the customer in minor units', async () => {
    const sold = vi.fn();
    const calls = answerWith({ sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={sold} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '１２．５' } });
    send();
    await waitFor(() => expect(sold).toHaveBeenCalledOnce());
    expect(sales(calls)[0]?.input).toMatchObject({ customer_id: 7, amount_minor: 1250, payment: '微信' });
  });

  it('sends the same key again when the first try was refused, so that nothing can double', async () => {
    const calls = answerWith({ sale_create: () => ({ code: 'busy', message: '账本正忙，请再试一次' }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '86' } });
    send();
    await screen.findByText('账本正忙，请再试一次');
    send();
    await waitFor(() => expect(sales(calls)).toHaveLength(2));
    expect(sales(calls)[1]?.input['client_key']).toBe(sales(calls)[0]?.input['client_key']);
    expect(amount()).toHaveProperty('value', '86');
  });

  it('says what is wrong next to the amount and asks the backend nothing about text that is no amount', async () => {
    const calls = answerWith({});
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '十二块' } });
    send();
    expect(screen.getByRole('alert').textContent).toContain('请填写金额');
    expect(sales(calls)).toEqual([]);
    expect(amount()).toHaveProperty('value', '十二块');
  });

  it('shows the sentence of a refused amount next to it', async () => {
    answerWith({ sale_create: () => ({ code: 'invalid', message: '请改正', fields: [{ field: 'amount_minor', problem: 'amount.not_positive', message: '请填写大于零的金额' }] }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '0' } });
    send();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('请填写大于零的金额'));
  });

  it('reads points as they are typed, and what is no number of points pays nothing by mistake', async () => {
    const sold = vi.fn();
    const points = () => ({ spendable: 900, most: 500, worth_minor: 500, why_none: null });
    const refused = { code: 'invalid', message: '这一单最多用 500 积分。', fields: [{ field: 'redeem_points', problem: 'points.above_max_share', message: '这一单最多用 500 积分。' }] };
    const calls = answerWith({ points_quote: points, sale_quote: (input) => ((input['redeem_points'] as number | null) === 600 ? refused : { ...quote(input), gross_minor: 1200, net_minor: 1000 }), sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={sold} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '12' } });
    const field = await screen.findByLabelText(/用积分抵/);
    fireEvent.change(field, { target: { value: '五百' } });
    send();
    expect(screen.getByText('积分请填大于零的整数。')).toBeTruthy();
    expect(sales(calls)).toEqual([]);
    // What points are refused for leaves the price with its offers on the button.
    fireEvent.change(field, { target: { value: '600' } });
    expect(await screen.findByText('这一单最多用 500 积分。')).toBeTruthy();
    expect(await screen.findByRole('button', { name: /收款 ¥10\.00/ })).toBeTruthy();
    fireEvent.change(field, { target: { value: '５００' } });
    send();
    await waitFor(() => expect(sold).toHaveBeenCalledOnce());
    expect(sales(calls)[0]?.input).toMatchObject({ redeem_points: 500 });
  });

  it('sells nothing while the chosen customer is still on the way', async () => {
    const calls = answerWith({ sale_create: () => ({ sale: {} }) });
    await show(<Till customer={undefined} isWaiting onSold={() => undefined} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '86' } });
    send();
    expect(sales(calls)).toEqual([]);
  });

  it('adds what is found by initials with Enter and sells the lines', async () => {
    const sold = vi.fn();
    const calls = answerWith({ product_search: () => ({ rows: [cake] }), sale_quote: quote, sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={sold} />);
    await ready();
    const box = screen.getByLabelText('商品');
    fireEvent.change(box, { target: { value: 'nydg' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await screen.findByLabelText('奶油蛋糕 的数量');
    fireEvent.change(box, { target: { value: '*3' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await screen.findByText('收款 ¥30.00');
    send();
    await waitFor(() => expect(sold).toHaveBeenCalledOnce());
    expect(sales(calls)[0]?.input).toMatchObject({ amount_minor: null, lines: [{ product_id: 5, quantity: '3' }] });
  });

  it('takes an order that was pasted: what the shop has at its price, the rest in words', async () => {
    const calls = answerWith({ product_search: (input) => ({ rows: input['text'] === '奶油蛋糕' ? [{ ...cake, id: 6, name: '奶油蛋糕卷' }, cake] : [] }), sale_quote: quote, sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    await ready();
    fireEvent.paste(screen.getByLabelText('商品'), { clipboardData: { getData: () => '奶油蛋糕 2\n刻字 1 15\n' } });
    expect(await screen.findByLabelText('奶油蛋糕 的数量')).toHaveProperty('value', '2');
    expect(screen.getByLabelText('刻字 的单价')).toHaveProperty('value', '15');
    send();
    await waitFor(() => expect(sales(calls)[0]?.input['lines']).toMatchObject([{ product_id: 5, quantity: '2' }, { description: '刻字', quantity: '1', unit_price_minor: 1500 }]));
  });

  it('takes no Enter of an input method for an answer', async () => {
    answerWith({ product_search: () => ({ rows: [cake] }), sale_quote: quote });
    await show(<Till customer={undefined} isWaiting={false} onSold={() => undefined} />);
    await ready();
    const box = screen.getByLabelText('商品');
    fireEvent.change(box, { target: { value: '奶油' } });
    await screen.findByText('奶油蛋糕');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 });
    expect(screen.queryByLabelText('奶油蛋糕 的数量')).toBeNull();
  });

  it('brings back the sale that a crash cut short, with the same key', async () => {
    const kept = { clientKey: 'kept-key', lines: [{ key: 'a', productId: 5, name: '奶油蛋糕', quantity: '2', price: '', discount: '' }], note: '少糖' };
    const calls = answerWith({ draft_get: () => ({ content: JSON.stringify(kept), saved_at: '2026-03-05T02:00:00Z' }), sale_quote: quote, sale_create: () => ({ sale: {} }) });
    await show(<Till customer={undefined} isWaiting={false} onSold={() => undefined} />);
    await screen.findByText('收款 ¥20.00');
    send();
    await waitFor(() => expect(sales(calls)).toHaveLength(1));
    expect(sales(calls)[0]?.input).toMatchObject({ client_key: 'kept-key', note: '少糖', till: '1' });
  });

  it('goes from the amount to the goods when a key adds a favourite, so that Enter takes the money', async () => {
    const sold = vi.fn();
    answerWith({ product_favourites: () => ({ rows: [{ ...cake, favourite: 1 }] }), sale_quote: quote, sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={sold} />);
    await screen.findByText('奶油蛋糕');
    await waitFor(() => expect(document.activeElement).toBe(amount()));
    fireEvent.keyDown(amount(), { key: '1', ctrlKey: true });
    await screen.findByLabelText('奶油蛋糕 的数量');
    expect(document.activeElement).toBe(screen.getByLabelText('商品'));
  });

  it('asks for the reason of a discount without taking the place of whoever types it', async () => {
    answerWith({ product_search: () => ({ rows: [cake] }), sale_quote: (input) => ({ ...quote(input), needs_reason: (input['lines'] as { discount_minor: number }[]).some((line) => line.discount_minor > 0) }) });
    await show(<Till customer={undefined} isWaiting={false} onSold={() => undefined} />);
    await ready();
    act(() => changeForm((before) => withProduct(before, cake as unknown as Product, 'a')));
    const field = await screen.findByLabelText('奶油蛋糕 的优惠');
    field.focus();
    fireEvent.change(field, { target: { value: '5' } });
    await screen.findByLabelText(/优惠原因/);
    expect(document.activeElement).toBe(field);
    fireEvent.keyDown(field, { key: 'F7' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('整单优惠')));
    fireEvent.keyDown(document.activeElement as Element, { key: 'F7' });
    expect(document.activeElement).toBe(screen.getByLabelText('商品'));
  });

  it('agrees on a price with the customer by a key, for the line that is being typed', async () => {
    const calls = answerWith({ sale_quote: quote, price_list: () => ({ rows: [] }), price_agree: () => ({ code: 'invalid', message: '请改正', fields: [{ field: 'until_on', problem: 'date.not_existing', message: '日期“2026-02-30”不存在。' }] }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    await ready();
    act(() => changeForm((before) => withProduct(before, cake as unknown as Product, 'a')));
    const quantity = await screen.findByLabelText('奶油蛋糕 的数量');
    quantity.focus();
    fireEvent.keyDown(quantity, { key: 'j', altKey: true });
    fireEvent.change(await screen.findByLabelText('协议单价'), { target: { value: '8' } });
    fireEvent.change(screen.getByLabelText(/有效到/), { target: { value: '2026-02-30' } });
    fireEvent.submit(screen.getByLabelText('协议单价').closest('form') as HTMLFormElement);
    expect(await screen.findByText('日期“2026-02-30”不存在。')).toBeTruthy();
    expect(calls.find((call) => call.name === 'price_agree')?.input).toMatchObject({ customer_id: 7, product_id: 5, price_minor: 800 });
  });

  it('shows that a sale which came back is for another day', async () => {
    const kept = { clientKey: 'kept-key', lines: [], amount: '20', soldOn: '2026-02-27', backdateNote: '停电手记' };
    answerWith({ draft_get: () => ({ content: JSON.stringify(kept), saved_at: '2026-03-05T02:00:00Z' }), sale_quote: quote });
    await show(<Till customer={undefined} isWaiting={false} onSold={() => undefined} />);
    await screen.findByText('这一单记在 2026-02-27');
    expect(screen.getByLabelText(/补记说明/)).toHaveProperty('value', '停电手记');
  });

  it('begins the next sale of a passer-by in the amount, and takes the focus when who is served is chosen again', async () => {
    answerWith({});
    await show(<Till customer={undefined} isWaiting={false} isAgain onSold={() => undefined} />);
    expect(document.activeElement).toBe(amount());
    screen.getByLabelText('商品').focus();
    serveAgain();
    expect(document.activeElement).toBe(amount());
  });

  it('says what the sale gets and why, and one key leaves it out', async () => {
    const given = { key: 'offer:3', name: '三月满减', why: '满 ¥200.00 减 ¥20.00', amount_minor: 2000 };
    const calls = answerWith({
      sale_quote: (input) => {
        const isOut = (input['declined'] as string[]).length > 0;
        const aside = { key: given.key, name: given.name, why: '这一单不用', alone_minor: 2000, is_declined: true };
        return { lines: [], gross_minor: 22_000, offers: isOut ? [] : [given], offers_aside: isOut ? [aside] : [], hints: [{ key: 'offer:3', text: '再买 ¥80.00 可减 ¥20.00', gain_minor: 2000 }], discount_minor: 0, coupons_minor: 0, points_minor: 0, net_minor: isOut ? 22_000 : 20_000, needs_reason: false, needs_right: null, has_right: true };
      },
      sale_create: () => ({ sale: {} }),
    });
    await show(<Till customer={undefined} isWaiting={false} onSold={() => undefined} />);
    await ready();
    fireEvent.change(amount(), { target: { value: '220' } });
    await screen.findByText('满 ¥200.00 减 ¥20.00');
    expect(screen.getByText('再买 ¥80.00 可减 ¥20.00')).toBeTruthy();
    await screen.findByText('收款 ¥200.00');
    fireEvent.click(screen.getByRole('button', { name: /不用/ }));
    await screen.findByText('收款 ¥220.00');
    await screen.findByRole('button', { name: /用上/ });
    send();
    await waitFor(() => expect(sales(calls)).toHaveLength(1));
    expect(sales(calls)[0]?.input).toMatchObject({ declined: ['offer:3'], expected_net_minor: 22_000 });
  });
});
