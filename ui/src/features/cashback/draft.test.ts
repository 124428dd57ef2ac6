import { describe, expect, it } from 'vitest';
import { firstDraft, newStep, readDraft } from './draft.ts';
import type { Run } from './queries.ts';

describe('the rules of a cashback as they are typed', () => {
  it('begins with the year before and two percent', () => {
    const { question } = readDraft(firstDraft('2027-01-02', undefined, 2), 2);
    expect(question).toMatchObject({ year: 2026, rules: { steps: [{ from_minor: 0, rate_bp: 200 }], cap_minor: null, minimum_minor: 0 }, lowest_tier: null });
  });

  it('takes the rules of the last run again, whole', () => {
    const rules = { steps: [{ from_minor: 500_000, rate_bp: 150 }], tier_rates_bp: {}, cap_minor: 100_000, minimum_minor: 500 };
    const last = { rules, lowest_tier: '银卡', pays_as: 'cash' } as unknown as Run;
    const { question } = readDraft(firstDraft('2027-01-02', last, 2), 2);
    expect(question).toMatchObject({ rules, lowest_tier: '银卡', pays_as: 'cash', until_on: null });
  });

  it('names the field that cannot be read and asks nothing', () => {
    const draft = { ...firstDraft('2027-01-02', undefined, 2), steps: [newStep('0', '二')], cap: '1.234' };
    const { question, unread } = readDraft(draft, 2);
    expect(question).toBeUndefined();
    expect([...unread]).toEqual(['steps.0.rate_bp', 'cap_minor']);
  });

  it('sends rates by tier without steps', () => {
    const draft = { ...firstDraft('2027-01-02', undefined, 2), by: 'tiers' as const, tiers: { 金卡: '2.5', 银卡: '' } };
    expect(readDraft(draft, 2).question?.rules).toMatchObject({ steps: [], tier_rates_bp: { 金卡: 250 } });
  });
});
