import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import type { Case } from './queries.ts';
import { Resolutions } from './Resolutions.tsx';

const done = {
  cycle: 1,
  resolved_at: '2026-03-02T10:00:00Z',
  empathy: '当面道歉',
  empathy_waived: null,
  compensation_kind: 'redo',
  compensation_minor: 3_000,
  compensation_note: '重做一份',
  compensation_also: [],
  posted: [] as string[],
  noted: ['重做 · ¥30.00 · 重做一份'],
  returnable: [{ posting_id: null, resolution_id: 1, position: 0, text: '重做 · ¥30.00 · 重做一份' }],
  root_cause: '看错字',
  improvement: '复核',
  improvement_due_on: null,
  improvement_waived: null,
};
const view = (change: Partial<typeof done> = {}) => ({ row: { id: 1 }, resolutions: [{ ...done, ...change }] }) as unknown as Case;

describe('how a case was resolved', () => {
  it('says once what was only written down, with the way to take it back', async () => {
    answerWith({});
    await show(<Resolutions view={view()} />);
    expect(screen.getAllByText('重做 · ¥30.00 · 重做一份')).toHaveLength(1);
    expect(screen.queryByText('只记下')).toBeNull();
    expect(screen.getByRole('button', { name: /重做 · ¥30\.00/ })).toBeTruthy();
  });

  it('tells apart what moved the shop’s other books and what was only written down', async () => {
    answerWith({});
    await show(<Resolutions view={view({ posted: ['50 积分'] })} />);
    expect(screen.getByText('50 积分')).toBeTruthy();
    expect(screen.getByText('只记下')).toBeTruthy();
  });
});
