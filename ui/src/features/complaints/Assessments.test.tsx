import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { Assessments } from './Assessments.tsx';

// The calendar of the day field comes from elsewhere; a plain field stands in for it.
vi.mock('@/shared/antd/DayField.tsx', () => ({
  DayField: ({ id, value, onChange }: { id?: string; value: string; onChange: (day: string) => void }) => <input id={id} value={value} onChange={(event) => onChange(event.target.value)} />,
}));

const totals = (cases: number, cost: number) => ({ cases, promises: [{ promise: 'response', met: cases, broken: 0, met_bp: cases > 0 ? 10000 : null, corrected_to_met: 0, corrected_to_broken: 0, running: 0, paused: 0, withdrawn: 0, median_s: null, p90_s: null, late_median_s: null, late_worst_s: null }], resolved: 0, reopened: 0, reopened_bp: null, withdrawn: 0, unreachable: 0, repeat_customers: 0, repeat_cases: 0, compensation_minor: cost });

const board = (more: object) => ({
  rhythm: { kind: 'weekly', weekday: 1 },
  next: { planned_on: '2026-03-02', due_on: '2026-03-02', standing: 'late', days: 3, counts_from: '2026-02-27' },
  agenda: { report: { from: '2026-02-24', to: '2026-03-05', totals: totals(4, 3000), groups: [], causes: [], compensation: [], promises: [] }, before: totals(2, 0), decided: [], open: [] },
  held: [],
  held_in_all: 0,
  people: [
    { id: 1, name: '店主' },
    { id: 2, name: '小王' },
  ],
  ...more,
});

describe('the page of assessments', () => {
  it('says what is late, in which rhythm, and the numbers beside those before', async () => {
    answerWith({ assessment_board: () => board({}) });
    await show(<Assessments />);
    expect(await screen.findByText('每周一')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe('3月2日 就该评估了，已过 3 天。');
    expect(screen.getByText('上一段 2')).toBeTruthy();
  });

  it('records who was there and what was decided, and shows a refusal beside its field', async () => {
    const refusal = { code: 'invalid', message: '有内容要补。', fields: [{ field: 'improvements.0.problem', problem: 'improvement.problem_missing', message: '请写明是什么问题。' }] };
    const calls = answerWith({ assessment_board: () => board({}), assessment_record: () => refusal });
    await show(<Assessments />);
    await screen.findByText('每周一');
    fireEvent.click(screen.getByText('记录评估'));
    fireEvent.click(screen.getByLabelText('小王'));
    fireEvent.change(screen.getByLabelText('谈了什么，决定了什么'), { target: { value: '中午回复慢' } });
    fireEvent.click(screen.getByText('加一条改进'));
    fireEvent.change(screen.getByLabelText('怎么改'), { target: { value: '中午留一个人' } });
    const save = screen.getByText('保存').closest('button') as HTMLButtonElement;
    expect(save.disabled, 'an improvement has a day').toBe(true);
    fireEvent.change(screen.getByLabelText('完成日期'), { target: { value: '2026-03-31' } });
    fireEvent.submit(save.form as HTMLFormElement);
    expect(await screen.findByText('请写明是什么问题。')).toBeTruthy();
    const sent = calls.find((call) => call.name === 'assessment_record')?.input;
    expect(sent).toMatchObject({ held_on: '2026-03-05', people: [2], notes: '中午回复慢', improvements: [{ problem: '', action: '中午留一个人', owner_id: null, due_on: '2026-03-31' }] });
    expect((screen.getByLabelText('怎么改') as HTMLInputElement).value, 'nothing that was typed is lost').toBe('中午留一个人');
  });

  it('changes the rhythm', async () => {
    const calls = answerWith({ assessment_board: () => board({ rhythm: null, next: null }), assessment_plan: () => board({}) });
    await show(<Assessments />);
    expect(await screen.findByText('还没有安排')).toBeTruthy();
    fireEvent.click(screen.getAllByText('多久一次')[0] as HTMLElement);
    fireEvent.click(screen.getByText('每季度'));
    const save = screen.getByText('保存').closest('button') as HTMLButtonElement;
    fireEvent.click(save);
    await waitFor(() => expect(calls.find((call) => call.name === 'assessment_plan')?.input).toMatchObject({ rhythm: { kind: 'regular', months: 3, day: 5 } }));
  });
});
