import { describe, expect, it } from 'vitest';
import { emptyPlan, planLike, readPlan } from './plan.ts';
import type { PlanRow } from './queries.ts';

describe('a coupon plan as it is typed', () => {
  it('reads each occasion with its own number', () => {
    const read = (change: Partial<typeof emptyPlan>) => readPlan({ ...emptyPlan, value: '20', ...change }, 2).input?.plan.occasion;
    expect(read({})).toEqual({ kind: 'regular', months: 1, day: 1 });
    expect(read({ months: '3', day: '15' })).toEqual({ kind: 'regular', months: 3, day: 15 });
    expect(read({ kind: 'birthday', before: '0' })).toEqual({ kind: 'birthday', days_before: 0 });
    expect(read({ kind: 'away', away: '60' })).toEqual({ kind: 'away', days: 60 });
    expect(read({ kind: 'joined' })).toEqual({ kind: 'joined' });
  });

  it('asks nothing while a number is missing and names what is none', () => {
    expect(readPlan(emptyPlan, 2)).toEqual({ input: undefined, unread: new Set() });
    expect([...readPlan({ ...emptyPlan, value: '20', kind: 'away', away: '两月' }, 2).unread]).toEqual(['occasion.days']);
    expect(readPlan({ ...emptyPlan, value: '20', kind: 'joined', away: '两月' }, 2).input).toBeDefined();
  });

  it('keeps the days of coming back where a long absence is the occasion', () => {
    const read = (change: Partial<typeof emptyPlan>) => readPlan({ ...emptyPlan, value: '20', ...change }, 2);
    expect(read({ kind: 'away', recall: '14' }).input?.plan.recall_days).toBe(14);
    expect([...read({ kind: 'away', recall: '两周' }).unread]).toEqual(['recall_days']);
    expect(read({ kind: 'joined', recall: '两周' }).input?.plan.recall_days).toBe(30);
  });

  it('is changed from how it stands', () => {
    const plan = { occasion: { kind: 'birthday', days_before: 3 }, terms: { worth: { kind: 'percent', percent_bp: 1500, cap_minor: 3000 }, minimum_minor: 0, is_stackable: true }, valid_days: 20, tiers: ['金卡'], class_keys: [], budget_minor: 100_000, recall_days: 30 };
    const row = { id: 4, name: '生日券', plan } as unknown as PlanRow;
    expect(readPlan(planLike(row, 2), 2).input).toEqual({ id: 4, name: '生日券', plan });
  });
});
