// A plan as it is typed, and as the book takes it.
import { emptyTerms, Reading, termsLike, type TermsDraft } from './draft.ts';
import type { PlanInput, PlanRow } from './queries.ts';

type Occasion = PlanInput['plan']['occasion'];
export type OccasionKind = Occasion['kind'];
export const occasions: readonly OccasionKind[] = ['regular', 'birthday', 'joined', 'tier_reached', 'away'];
export const rhythms = ['1', '3', '12'] as const;

export interface PlanDraft extends TermsDraft {
  id: PlanRow['id'] | null;
  name: string;
  kind: OccasionKind;
  months: string;
  day: string;
  before: string;
  away: string;
  recall: string;
  tiers: string[];
  classKeys: string[];
}

export const emptyPlan: PlanDraft = { ...emptyTerms, id: null, name: '', kind: 'regular', months: '1', day: '1', before: '7', away: '90', recall: '30', tiers: [], classKeys: [] };

/** A plan that is to be changed. */
export function planLike(row: PlanRow, exponent: number): PlanDraft {
  const { occasion, terms, tiers, class_keys, valid_days, budget_minor, recall_days } = row.plan;
  return {
    ...emptyPlan,
    ...termsLike(terms, exponent, valid_days, budget_minor ?? null),
    id: row.id,
    name: row.name,
    kind: occasion.kind,
    months: occasion.kind === 'regular' ? String(occasion.months) : emptyPlan.months,
    day: occasion.kind === 'regular' ? String(occasion.day) : emptyPlan.day,
    before: occasion.kind === 'birthday' ? String(occasion.days_before) : emptyPlan.before,
    away: occasion.kind === 'away' ? String(occasion.days) : emptyPlan.away,
    recall: String(recall_days ?? emptyPlan.recall),
    tiers: [...(tiers ?? [])],
    classKeys: [...(class_keys ?? [])],
  };
}

/** What would be planned, or the fields that cannot be read. */
export function readPlan(draft: PlanDraft, exponent: number): { input: PlanInput | undefined; unread: ReadonlySet<string> } {
  const reading = new Reading();
  const given = reading.terms(draft, exponent);
  const occasion = occasionOf(draft, (text, field) => reading.number(text, 0, field, true) ?? 0);
  const recall = draft.kind === 'away' ? (reading.number(draft.recall, 0, 'recall_days', true) ?? 0) : Number(emptyPlan.recall);
  if (!reading.isReady) return { input: undefined, unread: reading.unread };
  return { input: { id: draft.id, name: draft.name, plan: { occasion, tiers: draft.tiers, class_keys: draft.classKeys, recall_days: recall, ...given } }, unread: reading.unread };
}

function occasionOf(draft: PlanDraft, count: (text: string, field: string) => number): Occasion {
  switch (draft.kind) {
    case 'regular':
      return { kind: 'regular', months: Number(draft.months), day: count(draft.day, 'occasion.day') };
    case 'birthday':
      return { kind: 'birthday', days_before: count(draft.before, 'occasion.days_before') };
    case 'away':
      return { kind: 'away', days: count(draft.away, 'occasion.days') };
    case 'joined':
    case 'tier_reached':
      return { kind: draft.kind };
  }
}
