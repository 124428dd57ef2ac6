import { describe, expect, it } from 'vitest';
import { changeOf, draftOf, emptyBenefit, hundredths, scaleOf, type Draft } from './draft.ts';
import type { Ladder } from './queries.ts';

const step = (rank: number, name: string, thresholds: object, benefits: object[] = []) => ({ tier: { name, rank, of: 2 }, people: 1, near_next: 0, enter_spend_minor: null, enter_visits: null, enter_points: null, keep_spend_minor: null, keep_visits: null, keep_points: null, ...thresholds, benefits });

const ladder = {
  steps: [
    step(0, '普通', {}),
    step(1, '银卡', { enter_spend_minor: 100_000, enter_visits: 12, enter_points: 900, keep_spend_minor: 70_000, keep_visits: 9, keep_points: 400 }, [
      { key: 'off', words: '全场 92.5 折', kind: 'discount', rate_bp: 750 },
      { key: 'rush', words: '免费加急 2 次/月', kind: 'service', quantity: 2, per: 'month', cost_minor: 1_500 },
    ]),
  ],
  combine: 'all',
  window: { kind: 'rolling_days', n: 90 },
  visit_minimum_minor: 2_000,
  demotion: { review: 'monthly', style: 'deserved', grace_days: 30 },
} as unknown as Ladder;

const draft = (change: (draft: Draft) => void = () => undefined): Draft => {
  const made = draftOf(ladder, 2);
  change(made);
  return made;
};

describe('the ladder under change', () => {
  it('saves what was read, what keeps a tier and what a visit is too', () => {
    expect(changeOf(draft(), 2)).toEqual({
      steps: ladder.steps.map((each) => {
        const kept: Partial<typeof each> = { ...each };
        delete kept.tier;
        delete kept.people;
        delete kept.near_next;
        return { name: each.tier.name, ...kept };
      }),
      combine: 'all',
      window: { kind: 'rolling_days', n: 90 },
      visit_minimum_minor: 2_000,
      demotion: { review: 'monthly', style: 'deserved', grace_days: 30 },
      effective_on: null,
    });
  });

  it('keeps by no measure that nobody enters by', () => {
    const steps = changeOf(draft((made) => (made.rows[1]!.visits = '')), 2)!.steps;
    expect(steps[1]).toMatchObject({ enter_visits: null, keep_visits: null, keep_points: 400 });
  });

  it.each([
    ['a number of visits in words', (made: Draft) => (made.rows[1]!.visits = '十二')],
    ['an amount that keeps', (made: Draft) => (made.rows[1]!.keepSpend = '六成')],
    ['points that keep', (made: Draft) => (made.rows[1]!.keepPoints = '4.5')],
    ['a visit', (made: Draft) => (made.visitMinimum = '')],
    ['the days of the window', (made: Draft) => (made.n = '')],
    ['the grace', (made: Draft) => (made.grace = '一个月')],
    ['a discount', (made: Draft) => (made.rows[1]!.benefits[0]!.percent = '九五')],
    ['what a use costs', (made: Draft) => (made.rows[1]!.benefits[1]!.cost = '一杯')],
    ['how often', (made: Draft) => (made.rows[1]!.benefits[1]!.quantity = '')],
  ])('makes no ladder of what cannot be read: %s', (_, change) => {
    expect(changeOf(draft(change), 2)).toBeUndefined();
  });

  it('reads halves of a percent and of a multiple', () => {
    expect([hundredths('７．５'), hundredths('1.25'), hundredths('5'), hundredths(''), hundredths('1.234')]).toEqual([750, 125, 500, undefined, undefined]);
  });

  it('forgets nothing of a benefit whose kind is looked at and changed back', () => {
    const rush = { ...emptyBenefit('rush'), words: '加急', quantity: '3', cost: '15' };
    const there = draft((made) => (made.rows[1]!.benefits = [{ ...rush, kind: 'text' }]));
    expect(changeOf(there, 2)!.steps[1]!.benefits).toEqual([{ key: 'rush', words: '加急', kind: 'text' }]);
    const back = draft((made) => (made.rows[1]!.benefits = [rush]));
    expect(changeOf(back, 2)!.steps[1]!.benefits).toEqual([{ key: 'rush', words: '加急', kind: 'service', quantity: 3, per: 'month', cost_minor: 1_500 }]);
  });

  it('drags over round steps on one of which the threshold lies', () => {
    expect([1_000, 5_000, 20_000, 1_250, 777, 0].map(scaleOf)).toEqual([
      { most: 2_000, step: 20 },
      { most: 10_000, step: 100 },
      { most: 40_000, step: 500 },
      { most: 2_500, step: 10 },
      { most: 1_554, step: 1 },
      { most: 100, step: 1 },
    ]);
  });
});
