// The rules as they are typed, and back. A text that cannot be read makes no rules.
import { normaliseDigits, parseCount } from '@/shared/format/index.ts';
import { asMinor, asPoints, type EarnRule, type Expiry, type Rules } from './queries.ts';

export interface Extra {
  id: string;
  kind: 'per_amount' | 'bonus';
  category: string;
  /** For how much money; a bonus has none. */
  per: string;
  points: string;
}

export interface Draft {
  per: string;
  points: string;
  extras: Extra[];
  expiry: Expiry['kind'];
  n: string;
  pending: string;
  revive: string;
  pays: boolean;
  redeemPoints: string;
  worth: string;
  step: string;
  share: string;
}

const isBase = (rule: EarnRule) => rule.kind === 'per_amount' && rule.category === null && rule.item === null;

export function draftOf(rules: Rules, plain: (minor: number) => string): Draft {
  const base = rules.earn.find(isBase);
  const { redeem } = rules;
  return {
    per: base?.kind === 'per_amount' ? plain(base.per_minor) : '1',
    points: base ? String(base.points) : '0',
    // Rules for single items are kept as they are; the form shows those for categories.
    extras: rules.earn.flatMap((rule, n) => (rule.category === null || rule.item !== null ? [] : [{ id: String(n), kind: rule.kind, category: rule.category, per: plain(rule.kind === 'per_amount' ? rule.per_minor : 100), points: String(rule.points) }])),
    expiry: rules.expiry.kind,
    n: 'n' in rules.expiry ? String(rules.expiry.n) : '12',
    pending: String(rules.pending_days),
    revive: String(rules.revive_days),
    pays: redeem !== null,
    redeemPoints: String(redeem?.points ?? 100),
    worth: plain(redeem?.worth_minor ?? 100),
    step: String(redeem?.step ?? 100),
    share: String((redeem?.max_share_bp ?? 5000) / 100),
  };
}

export const whole = (text: string): number | undefined => parseCount(text) ?? undefined;

/** Basis points of a percentage of at most 100: 33.3 → 3330. */
export function share(text: string): number | undefined {
  const typed = normaliseDigits(text);
  const points = /^\d{1,3}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : undefined;
  return points !== undefined && points <= 10_000 ? points : undefined;
}

export function rulesOf(draft: Draft, before: Rules, amount: (text: string) => number | undefined): Rules | undefined {
  const per = amount(draft.per);
  const points = whole(draft.points);
  const [n, pending, revive] = [whole(draft.n), whole(draft.pending), whole(draft.revive)];
  if (per === undefined || per <= 0 || points === undefined || pending === undefined || revive === undefined) return undefined;
  const earn: EarnRule[] = [];
  if (points > 0) earn.push({ kind: 'per_amount', points: asPoints(points), per_minor: asMinor(per), category: null, item: null });
  for (const extra of draft.extras) {
    const more = whole(extra.points);
    const category = extra.category.trim();
    const perMinor = extra.kind === 'bonus' ? 1 : amount(extra.per);
    if (more === undefined || category === '' || !perMinor || perMinor < 0) return undefined;
    earn.push(extra.kind === 'bonus' ? { kind: 'bonus', points: asPoints(more), category, item: null } : { kind: 'per_amount', points: asPoints(more), per_minor: asMinor(perMinor), category, item: null });
  }
  earn.push(...before.earn.filter((rule) => rule.item !== null || (rule.kind === 'bonus' && rule.category === null)));
  const counted = draft.expiry === 'days' || draft.expiry === 'months';
  if (counted && (n === undefined || n < 1)) return undefined;
  const expiry: Expiry = draft.expiry === 'days' || draft.expiry === 'months' ? { kind: draft.expiry, n: n ?? 1 } : { kind: draft.expiry };
  if (!draft.pays) return { ...before, earn, expiry, pending_days: pending, revive_days: revive, redeem: null };
  const [redeemPoints, worth, step, most] = [whole(draft.redeemPoints), amount(draft.worth), whole(draft.step), share(draft.share)];
  if (!redeemPoints || !worth || worth < 0 || !step || most === undefined) return undefined;
  const redeem = { points: asPoints(redeemPoints), worth_minor: asMinor(worth), step: asPoints(step), max_share_bp: most };
  return { ...before, earn, expiry, pending_days: pending, revive_days: revive, redeem };
}
