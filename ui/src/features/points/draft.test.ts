import { describe, expect, it } from 'vitest';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { draftOf, rulesOf } from './draft.ts';
import { asMinor, asPoints, type Rules } from './queries.ts';

const rules: Rules = {
  earn: [
    { kind: 'per_amount', points: asPoints(1), per_minor: asMinor(100), category: null, item: null },
    { kind: 'per_amount', points: asPoints(2), per_minor: asMinor(500), category: '茶', item: null },
    { kind: 'bonus', points: asPoints(5), category: null, item: '2001' },
  ],
  multiplier_bp: 10_000,
  pending_days: 0,
  expiry: { kind: 'months', n: 6 },
  redeem: { points: asPoints(100), worth_minor: asMinor(100), step: asPoints(100), max_share_bp: 3333 },
  revive_days: 30,
};
const back = (draft: ReturnType<typeof draftOf>) => rulesOf(draft, rules, (text) => parseAmount(text, 2));

describe('the form of the rules', () => {
  it('gives back what it was given, also rules that it does not show', () => {
    expect(back(draftOf(rules, (minor) => plainAmount(minor, 2)))).toEqual(rules);
  });

  it('makes no rules of a text that cannot be read', () => {
    const draft = draftOf(rules, (minor) => plainAmount(minor, 2));
    expect(back({ ...draft, points: '一' })).toBeUndefined();
    expect(back({ ...draft, share: '101' })).toBeUndefined();
    expect(back({ ...draft, per: '0' })).toBeUndefined();
    expect(back({ ...draft, extras: draft.extras.map((extra) => ({ ...extra, per: '' })) })).toBeUndefined();
  });

  it('lets points pay for gifts only', () => {
    expect(back({ ...draftOf(rules, (minor) => plainAmount(minor, 2)), pays: false })?.redeem).toBeNull();
  });
});
