import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { PromisedCard, PromisedToday } from './Promised.tsx';
import type { Case, Remedy } from './queries.ts';

// The calendar of the day field comes from elsewhere; a plain field stands in for it.
vi.mock('@/shared/antd/DayField.tsx', () => ({
  DayField: ({ id, value, onChange }: { id?: string; value: string; onChange: (day: string) => void }) => <input id={id} value={value} onChange={(event) => onChange(event.target.value)} />,
}));

const date = (more: object = {}) => ({ due_on: '2026-03-05', due_at: '2026-03-05T13:00:00Z', promised_at: '2026-03-02T02:00:00Z', staff: '店主', reason: null, is_kept: null, ...more });
const remedy = (more: object = {}): Remedy => ({ id: 7, complaint_id: 3, case_no: 'TS-20260302-001', customer_name: '张敏', owner: '店主', kind: 'repair', text: '换拉链', cost_minor: 3000, is_compensation: false, state: 'today', due_on: '2026-03-05', due_at: '2026-03-05T13:00:00Z', ended_at: null, ended_text: null, dates: [date()], ...more }) as unknown as Remedy;
const view = (allowed: string[], ...remedies: Remedy[]) => ({ allowed, remedies }) as unknown as Case;

describe('what was promised with a date of its own', () => {
  it('says for today until when, and late and kept in words', async () => {
    await show(<PromisedCard view={view([], remedy(), remedy({ id: 8, state: 'late', due_on: '2026-03-04', dates: [date({ due_on: '2026-03-03', is_kept: false }), date({ due_on: '2026-03-04', is_kept: false, reason: '客人出差' })] }), remedy({ id: 9, state: 'done', ended_at: '2026-03-05T02:00:00Z', dates: [date({ is_kept: true })] }))} />);
    expect(screen.getByText('今天打烊前')).toBeTruthy();
    expect(screen.getByText('3月4日 前，逾期')).toBeTruthy();
    expect(screen.getByText('原来说 3月3日，没做到')).toBeTruthy();
    expect(screen.getByText('10:00 做到了')).toBeTruthy();
    expect(screen.queryByText('做到了'), 'whoever may not is offered nothing').toBeNull();
  });

  it('is done by a key, with what it came to, and a refusal stands at its field', async () => {
    const refusal = { code: 'invalid', message: '有内容要补。', fields: [{ field: 'cost_minor', problem: 'resolution.approval_missing', message: '超过了可以做主的 ¥50.00。' }] };
    const calls = answerWith({ complaint_finish_promise: () => refusal });
    await show(<PromisedCard view={view(['promise'], remedy())} />);
    fireEvent.keyDown(window, { key: 'F8' });
    fireEvent.change(screen.getByLabelText(/结果/), { target: { value: '客人取走了' } });
    fireEvent.change(screen.getByLabelText('实际花了多少'), { target: { value: '80' } });
    fireEvent.submit(screen.getByLabelText(/结果/).closest('form') as HTMLFormElement);
    expect(await screen.findByText('超过了可以做主的 ¥50.00。')).toBeTruthy();
    expect(calls.find((call) => call.name === 'complaint_finish_promise')?.input).toMatchObject({ id: 7, cost_minor: 8000, text: '客人取走了' });
    expect((screen.getByLabelText(/结果/) as HTMLInputElement).value, 'nothing that was typed is lost').toBe('客人取走了');
  });

  it('stands above the inbox with its case, and not at all when nothing is due', async () => {
    const { container } = await show(<PromisedToday rows={[remedy({ state: 'late' }), remedy({ id: 8 })]} />);
    expect(screen.getByText('2 件，1 件逾期')).toBeTruthy();
    expect(container.querySelector('a')?.getAttribute('href')).toBe('#/complaints/3');
    const empty = await show(<PromisedToday rows={[]} />);
    expect(empty.container.textContent).toBe('');
  });
});
