import { describe, expect, it } from 'vitest';
import { draftLike, emptyDraft, readDraft } from './draft.ts';
import type { Batch } from './queries.ts';

describe('a batch of coupons as it is typed', () => {
  it('reads a share with its cap and a least amount', () => {
    const draft = { ...emptyDraft, name: '九折', worth: 'percent' as const, percent: '12.5', cap: '50', minimum: '99.9' };
    const terms = readDraft(draft, 2).issue?.terms;
    expect(terms).toEqual({ worth: { kind: 'percent', percent_bp: 1250, cap_minor: 5000 }, minimum_minor: 9990, is_stackable: false });
  });

  it('asks nothing while a field is empty and names what cannot be read', () => {
    expect(readDraft(emptyDraft, 2)).toEqual({ issue: undefined, unread: new Set() });
    const { issue, unread } = readDraft({ ...emptyDraft, value: '二十', number: '1.5' }, 2);
    expect(issue).toBeUndefined();
    expect([...unread]).toEqual(['value_minor', 'audience.number']);
  });

  it('needs a tier, a class or a name where it is for one', () => {
    for (const who of ['tier', 'class', 'named'] as const) expect(readDraft({ ...emptyDraft, value: '5', who }, 2).issue).toBeUndefined();
    expect(readDraft({ ...emptyDraft, value: '5', who: 'class', classKey: 'core' }, 2).issue?.audience).toEqual({ kind: 'class', class_key: 'core' });
  });

  it('issues a batch again as it was', () => {
    const batch = { name: '三月券', campaign: '开学', terms: { worth: { kind: 'value', value_minor: 2000 }, minimum_minor: 10_000, is_stackable: true }, audience: { kind: 'tier', tier: '银卡' }, budget_minor: 50_000 } as unknown as Batch;
    expect(readDraft(draftLike(batch, 2, 14), 2).issue).toMatchObject({ name: '三月券', campaign: '开学', terms: batch.terms, audience: batch.audience, valid_days: 14, budget_minor: 50_000 });
  });
});
