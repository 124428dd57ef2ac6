// The ladder as it is typed, and back. A text that cannot be read makes no ladder.
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { asMinor, type Benefit, type Change, type Ladder, type StepChange } from './queries.ts';

export interface Row {
  id: string;
  name: string;
  spend: string;
  visits: string;
  points: string;
  keepSpend: string;
  benefits: Benefit[];
}

export type WindowKind = Ladder['window']['kind'];

export interface Draft {
  rows: Row[];
  combine: Ladder['combine'];
  window: WindowKind;
  n: string;
  review: Ladder['demotion']['review'];
  style: Ladder['demotion']['style'];
  grace: string;
  from: string;
}

const count = (value: number | null | undefined) => (value == null ? '' : String(value));

export function draftOf(ladder: Ladder, exponent: number): Draft {
  const money = (minor: number | null) => (minor == null ? '' : plainAmount(minor, exponent));
  return {
    rows: ladder.steps.map((step) => ({
      id: String(step.tier.rank),
      name: step.tier.name,
      spend: money(step.enter_spend_minor),
      visits: count(step.enter_visits),
      points: count(step.enter_points),
      keepSpend: money(step.keep_spend_minor),
      benefits: step.benefits,
    })),
    combine: ladder.combine,
    window: ladder.window.kind,
    n: 'n' in ladder.window && ladder.window.n != null ? String(ladder.window.n) : '12',
    review: ladder.demotion.review,
    style: ladder.demotion.style,
    grace: String(ladder.demotion.grace_days),
    from: '',
  };
}

const whole = (text: string): number | null | undefined => (text.trim() === '' ? null : /^\d{1,7}$/.test(text.trim()) ? Number(text) : undefined);

function stepOf(row: Row, exponent: number): StepChange | undefined {
  const amount = (text: string) => (text.trim() === '' ? null : parseAmount(text, exponent));
  const [spend, keep, visits, points] = [amount(row.spend), amount(row.keepSpend), whole(row.visits), whole(row.points)];
  if (spend === undefined || keep === undefined || visits === undefined || points === undefined) return undefined;
  return {
    name: row.name.trim(),
    enter_spend_minor: spend === null ? null : asMinor(spend),
    enter_visits: visits,
    enter_points: points,
    // Without a keep amount of its own a tier is kept at the usual share.
    keep_spend_minor: spend === null || keep === null ? null : asMinor(keep),
    benefits: row.benefits,
  };
}

export function changeOf(draft: Draft, exponent: number): Change | undefined {
  const steps: StepChange[] = [];
  for (const row of draft.rows) {
    const step = stepOf(row, exponent);
    if (!step) return undefined;
    steps.push(step);
  }
  const [n, grace] = [whole(draft.n), whole(draft.grace)];
  const counted = draft.window === 'rolling_days' || draft.window === 'rolling_months';
  if (grace == null || (counted && !n)) return undefined;
  const window: Ladder['window'] = counted ? { kind: draft.window as 'rolling_days', n: n ?? 12 } : draft.window === 'since_promotion' ? { kind: 'since_promotion', n: null } : { kind: draft.window as 'lifetime' };
  return { steps, combine: draft.combine, window, demotion: { review: draft.review, style: draft.style, grace_days: grace }, effective_on: draft.from || null };
}
