// The form of an offer: what stands in the fields, word for word, and what they make.
import { newClientKey } from '@/backend/index.ts';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { asMinor, type Less, type Offer, type Product } from './queries.ts';

export const kinds = ['steps', 'bundle', 'breaks', 'discount'] as const;
export type Kind = (typeof kinds)[number];
export const audiences = ['everybody', 'customers', 'tiers', 'classes', 'tags'] as const;
export type AudienceKind = (typeof audiences)[number];
export type LessKind = 'percent' | 'price';

export interface Named {
  id: Product['id'];
  name: string;
  pieces: string;
}

export interface Row {
  key: string;
  from: string;
  off: string;
}

export interface Draft {
  name: string;
  kind: Kind;
  scope: 'shop' | 'category' | 'products';
  category: string;
  products: Named[];
  rows: Row[];
  repeats: boolean;
  isMixed: boolean;
  lessKind: LessKind;
  less: string;
  fromOn: string;
  untilOn: string;
  weekdays: number[];
  fromTime: string;
  untilTime: string;
  audience: AudienceKind;
  /** Tiers, classes or tags that are meant. */
  who: string[];
  withTerms: boolean;
  withCoupons: boolean;
  withOthers: boolean;
}

export const newRow = (from = '', off = ''): Row => ({ key: newClientKey(), from, off });

export const emptyDraft = (today: string): Draft => ({
  name: '',
  kind: 'steps',
  scope: 'shop',
  category: '',
  products: [],
  rows: [newRow()],
  repeats: false,
  isMixed: false,
  lessKind: 'percent',
  less: '',
  fromOn: today,
  untilOn: '',
  weekdays: [],
  fromTime: '',
  untilTime: '',
  audience: 'everybody',
  who: [],
  withTerms: false,
  withCoupons: true,
  withOthers: true,
});

/** Minutes of a day from `14:00`; 24:00 is its end. */
export function readTime(text: string): number | undefined {
  const found = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim());
  const minutes = found ? Number(found[1]) * 60 + Number(found[2]) : undefined;
  return minutes !== undefined && minutes <= 1440 && Number(found?.[2]) < 60 ? minutes : undefined;
}

const timeText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function readLess(kind: LessKind, text: string, exponent: number): Less | undefined {
  const value = parseAmount(text, kind === 'percent' ? 2 : exponent);
  if (value === undefined || text.trim() === '') return undefined;
  return kind === 'percent' ? { kind, percent_bp: value } : { kind, price_minor: asMinor(value) };
}

function readRule(draft: Draft, exponent: number): Offer['rule'] | undefined {
  const number = (text: string, decimals: number) => (text.trim() === '' ? undefined : parseAmount(text, decimals));
  if (draft.kind === 'steps') {
    const steps = draft.rows.map((row) => ({ from: number(row.from, exponent), off: number(row.off, exponent) }));
    if (steps.some((step) => step.from === undefined || step.off === undefined)) return undefined;
    return { kind: 'steps', steps: steps.map((step) => ({ from_minor: asMinor(step.from ?? 0), off_minor: asMinor(step.off ?? 0) })), repeats: draft.repeats };
  }
  if (draft.kind === 'bundle') {
    const less = readLess(draft.lessKind, draft.less, exponent);
    const parts = draft.products.map((part) => ({ product: part.id, pieces: number(part.pieces, 0) ?? 0 }));
    return less && parts.length > 0 ? { kind: 'bundle', parts, less } : undefined;
  }
  if (draft.kind === 'discount') {
    const less = readLess('percent', draft.less, exponent);
    return less && { kind: 'breaks', breaks: [{ from_thousandths: 1000, less }], is_mixed: true };
  }
  const breaks = draft.rows.map((row) => ({ from: number(row.from, 3), less: readLess(draft.lessKind, row.off, exponent) }));
  if (breaks.some((each) => each.from === undefined || each.less === undefined)) return undefined;
  return { kind: 'breaks', breaks: breaks.map((each) => ({ from_thousandths: each.from ?? 0, less: each.less as Less })), is_mixed: draft.isMixed };
}

function readScope(draft: Draft): Offer['scope'] | undefined {
  if (draft.kind === 'bundle' || draft.scope === 'shop') return { kind: 'shop' };
  if (draft.scope === 'category') return draft.category.trim() === '' ? undefined : { kind: 'category', category: draft.category.trim() };
  return draft.products.length === 0 ? undefined : { kind: 'products', products: draft.products.map((product) => product.id) };
}

function readAudience(draft: Draft): Offer['audience'] {
  if (draft.audience === 'tiers') return { kind: 'tiers', tiers: draft.who };
  if (draft.audience === 'classes') return { kind: 'classes', class_keys: draft.who };
  if (draft.audience === 'tags') return { kind: 'tags', tags: draft.who };
  return { kind: draft.audience };
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** What the form makes; undefined while a part of it cannot be read. */
export function readDraft(draft: Draft, exponent: number): Offer | undefined {
  const [rule, scope] = [readRule(draft, exponent), readScope(draft)];
  const times = [readTime(draft.fromTime), readTime(draft.untilTime)] as const;
  const hasTimes = draft.fromTime.trim() !== '' || draft.untilTime.trim() !== '';
  if (!rule || !scope || (hasTimes && (times[0] === undefined || times[1] === undefined))) return undefined;
  if (!dayPattern.test(draft.fromOn.trim()) || (draft.untilOn.trim() !== '' && !dayPattern.test(draft.untilOn.trim()))) return undefined;
  return {
    rule,
    scope,
    when: { from_on: draft.fromOn.trim(), until_on: draft.untilOn.trim() || null, weekdays: draft.weekdays, hours: hasTimes ? { from_minute: times[0] ?? 0, until_minute: times[1] ?? 0 } : null },
    audience: readAudience(draft),
    with_terms: draft.withTerms,
    with_coupons: draft.withCoupons,
    with_others: draft.withOthers,
  };
}

const percentText = (bp: number): string => String(bp / 100);

/** The form of an offer that is there; `nameOf` knows what products are called. */
export function draftOf(name: string, offer: Offer, today: string, exponent: number, nameOf: (id: Product['id']) => string): Draft {
  const lessText = (less: Less) => (less.kind === 'percent' ? percentText(less.percent_bp) : plainAmount(less.price_minor, exponent));
  const named = (id: Product['id'], pieces = 1): Named => ({ id, name: nameOf(id), pieces: String(pieces) });
  const { rule, scope, when, audience } = offer;
  const draft: Draft = {
    ...emptyDraft(today),
    name,
    scope: scope.kind,
    category: scope.kind === 'category' ? scope.category : '',
    products: scope.kind === 'products' ? scope.products.map((id) => named(id)) : [],
    fromOn: when.from_on,
    untilOn: when.until_on ?? '',
    weekdays: when.weekdays,
    fromTime: when.hours ? timeText(when.hours.from_minute) : '',
    untilTime: when.hours ? timeText(when.hours.until_minute) : '',
    audience: audience.kind,
    who: audience.kind === 'tiers' ? audience.tiers : audience.kind === 'classes' ? audience.class_keys : audience.kind === 'tags' ? audience.tags : [],
    withTerms: offer.with_terms,
    withCoupons: offer.with_coupons,
    withOthers: offer.with_others,
  };
  if (rule.kind === 'steps') return { ...draft, kind: 'steps', repeats: rule.repeats, rows: rule.steps.map((step) => newRow(plainAmount(step.from_minor, exponent), plainAmount(step.off_minor, exponent))) };
  if (rule.kind === 'bundle') return { ...draft, kind: 'bundle', products: rule.parts.map((part) => named(part.product, part.pieces)), lessKind: rule.less.kind, less: lessText(rule.less) };
  const [first] = rule.breaks;
  if (rule.breaks.length === 1 && first && first.from_thousandths <= 1000 && first.less.kind === 'percent') return { ...draft, kind: 'discount', less: lessText(first.less) };
  return { ...draft, kind: 'breaks', isMixed: rule.is_mixed, lessKind: first?.less.kind ?? 'percent', rows: rule.breaks.map((each) => newRow(String(each.from_thousandths / 1000), lessText(each.less))) };
}
