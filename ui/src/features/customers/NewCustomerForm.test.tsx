import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { NewCustomerForm } from './NewCustomerForm.tsx';

const search = (input: Record<string, unknown>) => ({ text: input['text'], rows: [{ id: 7, name: '黄药师' }], total: 1 });

describe('a new customer', () => {
  it('goes on with the phone when the name was typed into the search box', async () => {
    answerWith({ customer_search: search });
    await show(<NewCustomerForm />, '/customers/new?name=黄蓉&then=counter');
    expect(document.activeElement).toBe(screen.getByLabelText(/手机/));
  });

  it('names who has the number already, and serves them with one key instead', async () => {
    answerWith({ customer_search: search });
    await show(<NewCustomerForm />, '/customers/new?name=黄蓉&then=counter');
    fireEvent.change(screen.getByLabelText(/手机/), { target: { value: '1391234' } });
    expect(screen.queryByText('黄药师')).toBeNull();
    fireEvent.change(screen.getByLabelText(/手机/), { target: { value: '139 1234 5678' } });
    fireEvent.click(await screen.findByText('黄药师', undefined, { timeout: 5000 }));
    await waitFor(() => expect(location.hash).toBe('#/counter?customer=7'));
  });
});
