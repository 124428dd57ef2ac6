// The ladder as it is typed, and back. A text that cannot be read makes no ladder.
import { normaliseDigits, parseAmount, parseCount, plainAmount } from '@/shared/format/index.ts';
import { asMinor, type Benefit, type Change, type Ladder, type StepChange } from './queries.ts';

export interface Row {
  id: string;
  name: string;
  spend: string;
  visits: string;
  points: string;
  keepSpend: string;
  keepVisits: string;
  keepPoints: string;
  benefits: BenefitRow[];
}

export type Kind = Benefit['kind'];
export type Per = Extract<Benefit, { kind: 'service' }>['per'];

/** A benefit as it is typed; what its kind has no use for stays, and comes back with the kind. */
export interface BenefitRow {
  key: string;
  words: string;
  kind: Kind;
  quantity: string;
  per: Per;
  /** A discount in percent. */
  percent: string;
  /** Points are multiplied by it. */
  times: string;
  cost: string;
}

export type WindowKind = Ladder['window']['kind'];

export interface Draft {
  rows: Row[];
  combine: Ladder['combine'];
  window: WindowKind;
  n: string;
  visitMinimum: string;
  review: Ladder['demotion']['review'];
  style: Ladder['demotion']['style'];
  grace: string;
  from: string;
}

const count = (value: number | null | undefined) => (value == null ? '' : String(value));

export const emptyRow = (id: string): Row => ({ id, name: '', spend: '', visits: '', points: '', keepSpend: '', keepVisits: '', keepPoints: '', benefits: [] });
export const emptyBenefit = (key: string): BenefitRow => ({ key, words: '', kind: 'service', quantity: '1', per: 'month', percent: '5', times: '1.5', cost: '' });

function benefitRow(benefit: Benefit, exponent: number): BenefitRow {
  const row = emptyBenefit(benefit.key);
  return {
    ...row,
    words: benefit.words,
    kind: benefit.kind,
    quantity: 'quantity' in benefit ? String(benefit.quantity) : row.quantity,
    per: benefit.kind === 'service' ? benefit.per : row.per,
    percent: benefit.kind === 'discount' ? String(benefit.rate_bp / 100) : row.percent,
    times: benefit.kind === 'multiplier' ? String(benefit.rate_bp / 10_000) : row.times,
    cost: benefit.cost_minor == null ? '' : plainAmount(benefit.cost_minor, exponent),
  };
}

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
      keepVisits: count(step.keep_visits),
      keepPoints: count(step.keep_points),
      benefits: step.benefits.map((benefit) => benefitRow(benefit, exponent)),
    })),
    combine: ladder.combine,
    window: ladder.window.kind,
    n: 'n' in ladder.window && ladder.window.n != null ? String(ladder.window.n) : '12',
    visitMinimum: plainAmount(ladder.visit_minimum_minor, exponent),
    review: ladder.demotion.review,
    style: ladder.demotion.style,
    grace: String(ladder.demotion.grace_days),
    from: '',
  };
}

/** Hundredths of what is typed, such as basis points of a percentage: 7.5 → 750. */
export function hundredths(text: string): number | undefined {
  const typed = normaliseDigits(text);
  return /^\d{1,5}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : undefined;
}

/** The kinds that are used one by one: each use costs something. */
export const isUsed = (kind: Kind) => kind === 'service' || kind === 'gift' || kind === 'birthday';

function benefitOf(row: BenefitRow, exponent: number): Benefit | undefined {
  const cost = row.cost.trim() === '' || !isUsed(row.kind) ? null : parseAmount(row.cost, exponent);
  if (cost === undefined) return undefined;
  const shared = { key: row.key, words: row.words.trim(), ...(cost !== null && { cost_minor: asMinor(cost) }) };
  const [quantity, percent, times] = [parseCount(row.quantity), hundredths(row.percent), hundredths(row.times)];
  switch (row.kind) {
    case 'service':
      return quantity == null ? undefined : { ...shared, kind: row.kind, quantity, per: row.per };
    case 'gift':
      return quantity == null ? undefined : { ...shared, kind: row.kind, quantity };
    case 'discount':
      return percent === undefined ? undefined : { ...shared, kind: row.kind, rate_bp: percent };
    case 'multiplier':
      return times === undefined ? undefined : { ...shared, kind: row.kind, rate_bp: times * 100 };
    default:
      return { ...shared, kind: row.kind };
  }
}

function stepOf(row: Row, exponent: number): StepChange | undefined {
  const amount = (text: string) => (text.trim() === '' ? null : parseAmount(text, exponent));
  const [spend, keepSpend] = [amount(row.spend), amount(row.keepSpend)];
  const [visits, points, keepVisits, keepPoints] = [parseCount(row.visits), parseCount(row.points), parseCount(row.keepVisits), parseCount(row.keepPoints)];
  const benefits = row.benefits.map((benefit) => benefitOf(benefit, exponent));
  if (spend === undefined || keepSpend === undefined || visits === undefined || points === undefined || keepVisits === undefined || keepPoints === undefined) return undefined;
  if (benefits.includes(undefined)) return undefined;
  // A measure that nobody enters by keeps nobody either. Without any a tier is kept at the usual share.
  const kept = (enter: number | null, keep: number | null) => (enter === null ? null : keep);
  const keep = kept(spend, keepSpend);
  return {
    name: row.name.trim(),
    enter_spend_minor: spend === null ? null : asMinor(spend),
    enter_visits: visits,
    enter_points: points,
    keep_spend_minor: keep === null ? null : asMinor(keep),
    keep_visits: kept(visits, keepVisits),
    keep_points: kept(points, keepPoints),
    benefits: benefits as Benefit[],
  };
}

export function changeOf(draft: Draft, exponent: number): Change | undefined {
  const steps: StepChange[] = [];
  for (const row of draft.rows) {
    const step = stepOf(row, exponent);
    if (!step) return undefined;
    steps.push(step);
  }
  const [n, grace, minimum] = [parseCount(draft.n), parseCount(draft.grace), parseAmount(draft.visitMinimum, exponent)];
  const counted = draft.window === 'rolling_days' || draft.window === 'rolling_months';
  if (grace == null || minimum === undefined || (counted && n == null)) return undefined;
  const window: Ladder['window'] = counted ? { kind: draft.window as 'rolling_days', n: n ?? 12 } : draft.window === 'since_promotion' ? { kind: 'since_promotion', n: null } : { kind: draft.window as 'lifetime' };
  return { steps, combine: draft.combine, window, visit_minimum_minor: asMinor(minimum), demotion: { review: draft.review, style: draft.style, grace_days: grace }, effective_on: draft.from || null };
}

/** What a threshold is dragged over: whole steps of 1, 2 or 5, fine enough that the one that holds lies on a step. */
export function scaleOf(holds: number): { most: number; step: number } {
  let step = 1;
  for (let unit = 1; unit * 40 <= holds; unit *= 10) {
    for (const each of [unit, unit * 2, unit * 5]) if (each * 40 <= holds && holds % each === 0) step = each;
  }
  return { most: Math.max(100, holds * 2), step };
}
