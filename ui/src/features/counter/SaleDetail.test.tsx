import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import type { SaleId } from './queries.ts';
import { SaleDetail } from './SaleDetail.tsx';

const row = { id: 3, sale_no: 'S20260305-0003', customer_id: null, customer_name: null, sold_on: '2026-03-05', sold_at: '2026-03-05T02:00:00Z', net_minor: 2200, refunded_minor: 0, payment: '微信', note: null };
const line = { line_no: 1, description: '全麦吐司', quantity: '1', unit_price_minor: 2200, discount_minor: 0, amount_minor: 2200, returned: '', returnable: '1' };
const sale = { row, lines: [line], refunds: [], offers: [], coupons: [], approvals: [], points: null, gross_minor: 2200, discount_minor: 0, discount_reason: null, staff: '店主', recorded_at: '2026-03-05T02:00:00Z', backdate_note: null, scene: null, packaging: null, delivery_cost_minor: null, is_own_today: true };

describe('a sale', () => {
  it('is taken back whole by a key of its own, with what it does said first and a reason', async () => {
    const calls = answerWith({ sale_get: () => sale, sale_void: () => ({ sale }) });
    await show(<SaleDetail id={3 as SaleId} />);
    const button = await screen.findByRole('button', { name: '撤单' });
    expect(button.textContent).toContain('Shift F7');
    fireEvent.keyDown(document.body, { key: 'F7', shiftKey: true });
    await screen.findByText(/将退回 ¥22.00/);
    const reason = screen.getByLabelText('原因');
    fireEvent.change(reason, { target: { value: '输错了' } });
    fireEvent.keyDown(reason, { key: 'Enter', keyCode: 229 });
    expect(calls.filter((call) => call.name === 'sale_void')).toEqual([]);
    fireEvent.keyDown(reason, { key: 'Enter' });
    await waitFor(() => expect(calls.find((call) => call.name === 'sale_void')?.input).toMatchObject({ sale_id: 3, reason: '输错了' }));
  });

  it('that was taken back already has no such key any more', async () => {
    answerWith({ sale_get: () => ({ ...sale, row: { ...row, refunded_minor: 2200 } }) });
    await show(<SaleDetail id={3 as SaleId} />);
    await screen.findByRole('button', { name: '撤单' });
    fireEvent.keyDown(document.body, { key: 'F7', shiftKey: true });
    expect(screen.queryByText(/将退回/)).toBeNull();
  });
});
