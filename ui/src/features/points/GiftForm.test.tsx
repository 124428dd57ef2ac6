import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { GiftForm } from './GiftForm.tsx';

const type = (label: RegExp, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const save = () => fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });

it('is saved by a key once everything in it can be read', async () => {
  const calls = answerWith({ gift_save: () => ({}) });
  const close = vi.fn();
  await show(<GiftForm gift={undefined} onClose={close} />);
  type(/名称/, '帆布袋');
  type(/所需积分/, '３００');
  type(/成本/, '十二');
  save();
  expect(await screen.findByText('请填数字')).toBeTruthy();
  expect(calls).toEqual([]);
  type(/成本/, '12.5');
  type(/入库/, '+36');
  save();
  await vi.waitFor(() => expect(close).toHaveBeenCalled());
  expect(calls[0]).toMatchObject({ name: 'gift_save', input: { name: '帆布袋', points: 300, cost_minor: 1_250, stock_delta: 36 } });
});
