import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, customerRow, show } from '@/shared/testing/render.tsx';
import { OpenComplaint } from './OpenComplaint.tsx';

const what = () => screen.getByLabelText('发生了什么');

describe('opening a complaint', () => {
  it('takes a customer, one line and Enter', async () => {
    const calls = answerWith({ customer_profile: () => ({ row: customerRow(7, '张三') }), complaint_open: () => ({ row: { id: 31 } }) });
    await show(<OpenComplaint />, '/complaints/new?customer=7');
    await screen.findByText('张三');
    fireEvent.change(what(), { target: { value: '蛋糕上的名字写错了' } });
    fireEvent.keyDown(what(), { key: 'Enter' });
    await waitFor(() => expect(location.hash).toBe('#/complaints/31'));
    expect(calls.find((call) => call.name === 'complaint_open')?.input).toMatchObject({ customer_id: 7, description: '蛋糕上的名字写错了', severity: 'normal' });
  });

  it('takes somebody unknown, and an earlier receipt that the clocks count from', async () => {
    const calls = answerWith({ complaint_open: () => ({ row: { id: 32 } }), customer_search: () => ({ text: '', rows: [], total: 0 }) });
    await show(<OpenComplaint />, '/complaints/new');
    fireEvent.change(what(), { target: { value: '昨晚留言说蛋糕塌了' } });
    fireEvent.click(screen.getByText('更早'));
    fireEvent.change(screen.getByLabelText('几点'), { target: { value: '7:30' } });
    fireEvent.keyDown(what(), { key: 'Enter' });
    await waitFor(() => expect(location.hash).toBe('#/complaints/32'));
    const input = calls.find((call) => call.name === 'complaint_open')?.input;
    expect(input).toMatchObject({ customer_id: null, customer_text: null });
    expect(new Date(String(input?.['received_at'])).toISOString()).toMatch(/T23:30:00/);
  });

  it('does not send a time that cannot be read', async () => {
    const calls = answerWith({});
    await show(<OpenComplaint />, '/complaints/new');
    fireEvent.change(what(), { target: { value: '蛋糕塌了' } });
    fireEvent.click(screen.getByText('更早'));
    fireEvent.change(screen.getByLabelText('几点'), { target: { value: '昨晚' } });
    fireEvent.keyDown(what(), { key: 'Enter' });
    expect(screen.getByText('请写成 9:05')).toBeTruthy();
    expect(calls.filter((call) => call.name === 'complaint_open')).toEqual([]);
  });

  it('does not send while a candidate of the input method is confirmed', async () => {
    const calls = answerWith({});
    await show(<OpenComplaint />, '/complaints/new');
    fireEvent.change(what(), { target: { value: 'dangao' } });
    fireEvent.keyDown(what(), { key: 'Enter', keyCode: 229 });
    expect(calls).toEqual([]);
  });

  it('keeps the words and shows the refusal beside them', async () => {
    answerWith({ complaint_open: () => ({ code: 'invalid', message: '请改正', fields: [{ field: 'description', problem: 'text.missing', message: '请写一行发生了什么' }] }) });
    await show(<OpenComplaint />, '/complaints/new');
    fireEvent.change(what(), { target: { value: ' ' } });
    fireEvent.keyDown(what(), { key: 'Enter' });
    await screen.findByText('请写一行发生了什么');
    expect(what()).toHaveProperty('value', ' ');
  });
});
