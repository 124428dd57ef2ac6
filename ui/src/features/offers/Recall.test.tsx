import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, customerRow, show } from '@/shared/testing/render.tsx';
import type { RecallQuestion } from './queries.ts';
import { Recall } from './Recall.tsx';

const row = (id: number, name: string, more: object) => ({ customer: customerRow(id, name), coupon_id: id, code: `2222${id}`, received_on: '2026-02-01', ends_on: '2026-03-03', state: 'lost', came_on: null, net_minor: null, is_used: false, text: null, missing: [], left_out: null, ...more });
const rows = [
  row(1, '回来的', { state: 'back', came_on: '2026-02-10', net_minor: 8_000, is_used: true }),
  row(2, '没来的', { text: '没来的您好，荔枝蛋糕到了' }),
  row(3, '不打扰', { left_out: 'do_not_contact' }),
  row(4, '缺新品', { text: '缺新品您好，{新品}到了', missing: ['新品'] }),
];
const page = { figures: { within_days: 30, back: 1, open: 0, lost: 3, back_bp: 2_500, net_minor: 8_000 }, rows, total: 4, template: '{称呼}您好', is_own: false };
const of = { plan_id: 9 as RecallQuestion['plan_id'] };

describe('who came back after a coupon', () => {
  it('has words to copy for whoever may be told, and says why others have none', async () => {
    const copied = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: copied } }));
    answerWith({ coupon_recall: () => page });
    await show(<Recall of={of} />);
    expect((await screen.findByText('25%')).textContent).toBe('25%');
    const buttons = screen.getAllByRole('button', { name: '复制文案' });
    expect(buttons).toHaveLength(1);
    fireEvent.click(buttons[0] as HTMLElement);
    expect(copied).toHaveBeenCalledWith('没来的您好，荔枝蛋糕到了');
    expect(await screen.findByText('已复制')).toBeTruthy();
    expect(screen.getByText('要求不联系')).toBeTruthy();
    expect(screen.getByText('文案缺 新品')).toBeTruthy();
  });

  it('asks for one state and for other days', async () => {
    const calls = answerWith({ coupon_recall: () => page });
    await show(<Recall of={of} />);
    fireEvent.click(await screen.findByLabelText('未挽回'));
    fireEvent.change(screen.getByLabelText('几天内来算'), { target: { value: '14' } });
    await waitFor(() => expect(calls.at(-1)?.input).toMatchObject({ plan_id: 9, state: 'lost', within_days: 14, offset: 0 }));
  });
});
