import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, customerRow, show } from '@/shared/testing/render.tsx';
import type { Profile } from './queries.ts';
import { Till } from './Till.tsx';

const customer = customerRow(7, '张三') as unknown as Profile['row'];
const amount = () => screen.getByLabelText('金额');
const send = () => fireEvent.submit(amount().closest('form') as HTMLFormElement);

describe('the till', () => {
  it('sells the typed amount to the customer in minor units', async () => {
    const sold = vi.fn();
    const calls = answerWith({ sale_create: () => ({ sale: {} }) });
    await show(<Till customer={customer} isWaiting={false} onSold={sold} />);
    fireEvent.change(amount(), { target: { value: '１２．５' } });
    send();
    await waitFor(() => expect(sold).toHaveBeenCalledOnce());
    expect(calls[0]?.input).toMatchObject({ customer_id: 7, amount_minor: 1250, payment: '微信' });
  });

  it('sends the same key again when the first try was refused, so that nothing can double', async () => {
    const calls = answerWith({ sale_create: () => ({ code: 'busy', message: '账本正忙，请再试一次' }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    fireEvent.change(amount(), { target: { value: '86' } });
    send();
    await screen.findByText('账本正忙，请再试一次');
    send();
    await waitFor(() => expect(calls).toHaveLength(2));
    expect(calls[1]?.input['client_key']).toBe(calls[0]?.input['client_key']);
    expect(amount()).toHaveProperty('value', '86');
  });

  it('says what is wrong next to the amount and asks the backend nothing about text that is no amount', async () => {
    const calls = answerWith({});
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    fireEvent.change(amount(), { target: { value: '十二块' } });
    send();
    expect(screen.getByRole('alert').textContent).toContain('请填写金额');
    expect(calls).toEqual([]);
    expect(amount()).toHaveProperty('value', '十二块');
  });

  it('shows the sentence of a refused amount next to it', async () => {
    answerWith({ sale_create: () => ({ code: 'invalid', message: '请改正', fields: [{ field: 'amount_minor', problem: 'amount.not_positive', message: '请填写大于零的金额' }] }) });
    await show(<Till customer={customer} isWaiting={false} onSold={() => undefined} />);
    fireEvent.change(amount(), { target: { value: '0' } });
    send();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('请填写大于零的金额'));
  });

  it('sells nothing while the chosen customer is still on the way', async () => {
    const calls = answerWith({ sale_create: () => ({ sale: {} }) });
    await show(<Till customer={undefined} isWaiting onSold={() => undefined} />);
    fireEvent.change(amount(), { target: { value: '86' } });
    send();
    expect(calls).toEqual([]);
  });
});
