import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { RedeemForm } from './RedeemForm.tsx';

const gift = (id: number, name: string, points: number, stock: number) => ({ id, name, points, stock, is_active: true, given: 0, cost_minor: null });

it('offers first what the member can have, and says of the rest why not', async () => {
  answerWith({ gift_list: () => ({ gifts: [gift(1, '保温杯', 1_200, 3), gift(2, '礼盒', 100, 0), gift(3, '帆布袋', 300, 36)] }) });
  await show(<RedeemForm id={7} spendable={500} onClose={() => undefined} />);
  const bag = await screen.findByLabelText('兑换帆布袋', undefined, { timeout: 4000 });
  await waitFor(() => expect(document.activeElement).toBe(bag));
  expect(screen.getByLabelText('兑换保温杯')).toHaveProperty('disabled', true);
  expect(screen.getByText(/还差 700 积分/)).toBeTruthy();
  expect(screen.getByText(/库存 0 · 没有库存/)).toBeTruthy();
});
