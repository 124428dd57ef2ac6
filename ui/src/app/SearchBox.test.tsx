import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useServedAgain } from '@/shared/hooks/served.ts';
import { answerWith, customerRow, show } from '@/shared/testing/render.tsx';
import { SearchBox } from './SearchBox.tsx';

const people = [customerRow(1, '张三'), customerRow(2, '张四')];
const search = (input: Record<string, unknown>) => ({ text: input['text'], rows: people.filter((row) => row.name.includes(String(input['text']))), total: 2 });

const box = () => screen.getByRole('combobox');
const type = (text: string) => fireEvent.change(box(), { target: { value: text } });

describe('the search box', () => {
  it('takes the customer that the arrow keys chose, to serve at the counter', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    type('张');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(location.hash).toBe('#/counter?customer=2');
    expect(box()).toHaveProperty('value', '');
  });

  it('hands over to the till when who is served already is chosen once more', async () => {
    answerWith({ customer_search: search });
    const took = vi.fn();
    const Desk = () => {
      useServedAgain(took);
      return <SearchBox />;
    };
    await show(<Desk />, '/counter?customer=1');
    for (const name of ['张四', '张四']) {
      type(name);
      await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
      fireEvent.keyDown(box(), { key: 'Enter' });
    }
    expect(location.hash).toBe('#/counter?customer=2');
    expect(took).toHaveBeenCalledOnce();
  });

  it('opens the profile everywhere else', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/complaints');
    type('张三');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(location.hash).toBe('#/customers/1');
  });

  it('leaves the Enter of an input method alone', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    type('张');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(box(), { key: 'Enter', keyCode: 229 });
    expect(location.hash).toBe('#/counter');
  });

  it('takes the first hit when Enter was faster than the answer, as after a scan', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    type('张四');
    fireEvent.keyDown(box(), { key: 'Enter' });
    await waitFor(() => expect(location.hash).toBe('#/counter?customer=2'));
  });

  it('offers to make a customer of a name that nobody has', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    type('欧阳');
    await screen.findByText(/新建客户“欧阳”/);
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(decodeURIComponent(location.hash)).toBe('#/customers/new?name=欧阳&then=counter');
  });

  it('empties itself with Escape and keeps the place', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    type('张');
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect(box()).toHaveProperty('value', '');
    expect(location.hash).toBe('#/counter');
  });

  it('is focused when the counter opens, and F2 comes back to it from anywhere', async () => {
    answerWith({ customer_search: search });
    await show(<SearchBox />, '/counter');
    expect(document.activeElement).toBe(box());
    box().blur();
    fireEvent.keyDown(document.body, { key: 'F2' });
    expect(document.activeElement).toBe(box());
    history.replaceState(null, '', '#/complaints');
    fireEvent(window, new HashChangeEvent('hashchange'));
    fireEvent.keyDown(document.body, { key: 'F2' });
    expect(location.hash).toBe('#/counter');
  });

  it('takes a scan outside of any text field for the customer, leading zeros and all', async () => {
    const codes: string[] = [];
    answerWith({
      customer_search: (input) => {
        codes.push(String(input['text']));
        return { text: input['text'], rows: [people[1]], total: 1 };
      },
    });
    await show(<SearchBox />, '/complaints');
    for (const digit of '00100025') fireEvent.keyDown(document.body, { key: '化', code: `Digit${digit}`, keyCode: 229 });
    fireEvent.keyDown(document.body, { key: 'Enter', code: 'Enter' });
    await waitFor(() => expect(location.hash).toBe('#/customers/2'));
    expect(codes).toContain('00100025');
  });
});
