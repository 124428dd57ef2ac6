// The rules of a year as they are typed, and as the book takes them. A rate is typed in percent.
import { newClientKey } from '@/backend/index.ts';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { asMinor, type Question, type Rules, type Run } from './queries.ts';

export type By = 'steps' | 'tiers';

export interface StepDraft {
  /** What tells the steps apart while they are typed. */
  key: string;
  from: string;
  percent: string;
}

export interface Draft {
  year: number;
  by: By;
  steps: StepDraft[];
  /** Percent by the name of the tier. */
  tiers: Record<string, string>;
  cap: string;
  minimum: string;
  lowest: string;
  paysAs: Question['pays_as'];
  untilOn: string;
}

export const newStep = (from = '', percent = ''): StepDraft => ({ key: newClientKey(), from, percent });

const percent = (bp: number) => plainAmount(bp, 2).replace(/\.?0+$/, '');

/** The year before this one, by the rules of the last run; two percent for everybody where there was none. */
export function firstDraft(today: string, last: Run | undefined, exponent: number): Draft {
  const year = Number(today.slice(0, 4)) - 1;
  const start: Draft = { year, by: 'steps', steps: [newStep('0', '2')], tiers: {}, cap: '', minimum: '', lowest: '', paysAs: 'voucher', untilOn: '' };
  if (!last) return start;
  const { rules } = last;
  const amount = (minor: number) => plainAmount(minor, exponent).replace(/\.0+$/, '');
  const rates = Object.entries(rules.tier_rates_bp ?? {});
  return {
    ...start,
    by: rates.length > 0 && rules.steps.length === 0 ? 'tiers' : 'steps',
    steps: rules.steps.length > 0 ? rules.steps.map((step) => newStep(amount(step.from_minor), percent(step.rate_bp))) : start.steps,
    tiers: Object.fromEntries(rates.map(([tier, bp]) => [tier, percent(bp)])),
    cap: rules.cap_minor == null ? '' : amount(rules.cap_minor),
    minimum: rules.minimum_minor > 0 ? amount(rules.minimum_minor) : '',
    lowest: last.lowest_tier ?? '',
    paysAs: last.pays_as,
  };
}

/** The question of a draft, or the fields that cannot be read. */
export function readDraft(draft: Draft, exponent: number): { question: Question | undefined; unread: ReadonlySet<string> } {
  const unread = new Set<string>();
  const read = (text: string, decimals: number, field: string): number => {
    const found = parseAmount(text, decimals);
    if (found === undefined) unread.add(field);
    return found ?? 0;
  };
  const optional = (text: string, field: string) => (text.trim() === '' ? null : asMinor(read(text, exponent, field)));
  const tiers: Record<string, number> = {};
  if (draft.by === 'tiers') for (const [tier, text] of Object.entries(draft.tiers)) if (text.trim() !== '') tiers[tier] = read(text, 2, `tier_rates_bp.${tier}`);
  const steps: Rules['steps'] = draft.by === 'steps' ? draft.steps.map((step, n) => ({ from_minor: asMinor(read(step.from, exponent, `steps.${n}.from_minor`)), rate_bp: read(step.percent, 2, `steps.${n}.rate_bp`) })) : [];
  const cap = optional(draft.cap, 'cap_minor');
  const minimum = optional(draft.minimum, 'minimum_minor') ?? asMinor(0);
  if (unread.size > 0) return { question: undefined, unread };
  return {
    question: { year: draft.year, rules: { steps, tier_rates_bp: tiers, cap_minor: cap, minimum_minor: minimum }, lowest_tier: draft.lowest || null, pays_as: draft.paysAs, until_on: draft.paysAs === 'voucher' && draft.untilOn ? draft.untilOn : null },
    unread,
  };
}
