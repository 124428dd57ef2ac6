import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { go, wayBack } from '@/shared/router.tsx';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { NewCustomerForm } from './NewCustomerForm.tsx';

const search = (input: Record<string, unknown>) => ({ text: input['text'], rows: [{ id: 7, name: '黄药师' }], total: 1 });

describe('a new customer', () => {
  it('goes on with the phone when the name was typed into the search box', async () => {
    answerWith({ customer_search: search });
    await show(<NewCustomerForm />, '/customers/new?name=黄蓉&then=counter');
    expect(document.activeElement).toBe(screen.getByLabelText(/手机/));
  });

  it('asks a company for nothing that only a person has, and keeps in sight what was written before', async () => {
    answerWith({ customer_search: search });
    await show(<NewCustomerForm />, '/customers/new');
    expect(screen.getByRole('radio', { name: '女' })).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/单位/), { target: { value: '恒达' } });
    fireEvent.click(screen.getByRole('radio', { name: '企业' }));
    expect(screen.queryByRole('radio', { name: '女' })).toBeNull();
    expect(screen.queryByText('生日')).toBeNull();
    expect(screen.getByLabelText(/单位/)).toHaveProperty('value', '恒达');
  });

  it('says kindly that a name holds a phone number, and one key moves it to its own field', async () => {
    answerWith({ customer_search: (input) => ({ text: input['text'], rows: [], total: 0 }) });
    await show(<NewCustomerForm />, '/customers/new');
    const name = screen.getByLabelText('姓名');
    fireEvent.change(name, { target: { value: '王芳 13812345678' } });
    expect(screen.getByText(/姓名里有电话号码/)).toBeTruthy();
    fireEvent.keyDown(name, { key: 'p', code: 'KeyP', altKey: true });
    expect(name).toHaveProperty('value', '王芳');
    expect(screen.getByLabelText(/手机/)).toHaveProperty('value', '13812345678');
    expect(screen.queryByText(/姓名里有电话号码/)).toBeNull();
  });

  it('leaves no way back to the counter on the counter', async () => {
    answerWith({ customer_search: search, customer_create: () => ({ id: 9 }) });
    await show(<NewCustomerForm />, '/counter');
    go('/customers/new?name=黄蓉&then=counter');
    fireEvent.keyDown(await screen.findByLabelText('姓名'), { key: 's', ctrlKey: true });
    await waitFor(() => expect(location.hash).toBe('#/counter?customer=9'));
    expect(wayBack()).toBeUndefined();
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
