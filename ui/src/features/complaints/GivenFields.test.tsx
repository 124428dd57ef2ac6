import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { GivenFields, goodsOf, nothingGiven, saysItself, type GivenDraft } from './GivenFields.tsx';

const gift = (id: number, name: string, isActive: boolean) => ({ id, name, points: 1000, cost_minor: 1500, stock: 5, is_active: isActive, given: 0 });

/** The fields, and what they would send, as a form knows it. */
function Form() {
  const [given, setGiven] = useState<GivenDraft>({ ...nothingGiven, kind: 'gift' });
  return (
    <>
      <GivenFields given={given} onChange={(change) => setGiven((before) => ({ ...before, ...change }))} problem={() => undefined} costProblem={undefined} />
      <output>{JSON.stringify([goodsOf(given), saysItself(given)])}</output>
    </>
  );
}

const sent = () => JSON.parse(screen.getByRole('status').textContent ?? '') as unknown;

describe('what a compensation gives', () => {
  it('takes a gift of the catalogue, which asks for pieces and no longer for a product', async () => {
    answerWith({ gift_list: () => ({ gifts: [gift(7, '保温杯', true), gift(8, '旧挂历', false)] }) });
    await show(<Form />);
    expect(screen.getByLabelText(/从库存出哪样/)).toBeTruthy();
    expect(sent(), 'nothing is chosen yet').toEqual([{}, false]);
    fireEvent.click(await screen.findByLabelText('礼品目录'));
    expect(screen.queryByText('旧挂历'), 'no longer offered').toBeNull();
    fireEvent.click(screen.getByText('保温杯'));
    expect(screen.queryByLabelText(/从库存出哪样/)).toBeNull();
    fireEvent.change(screen.getByLabelText('数量'), { target: { value: '2' } });
    expect(sent()).toEqual([{ gift_id: 7, quantity: '2' }, true]);
  });
});
