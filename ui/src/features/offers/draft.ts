// A batch as it is typed, and as the book takes it. A percentage is typed as a number: 20 takes a fifth off.
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import type { Chosen } from '@/shared/customer/CustomerPick.tsx';
import { asMinor, type Batch, type Issue } from './queries.ts';

export type Who = Issue['audience']['kind'];
export type Worth = Issue['terms']['worth']['kind'];

/** What a coupon is worth, as it is typed. */
export interface TermsDraft {
  worth: Worth;
  value: string;
  percent: string;
  cap: string;
  minimum: string;
  isStackable: boolean;
  days: string;
  budget: string;
}

export interface Draft extends TermsDraft {
  name: string;
  campaign: string;
  who: Who;
  number: string;
  tier: string;
  classKey: string;
  people: Chosen[];
}

export const emptyTerms: TermsDraft = { worth: 'value', value: '', percent: '', cap: '', minimum: '', isStackable: false, days: '30', budget: '' };
export const emptyDraft: Draft = { ...emptyTerms, name: '', campaign: '', who: 'anybody', number: '50', tier: '', classKey: '', people: [] };

/** The same batch again; people who were named are named anew. */
export function draftLike(batch: Batch, exponent: number, days: number): Draft {
  const { audience } = batch;
  return {
    ...emptyDraft,
    ...termsLike(batch.terms, exponent, days, batch.budget_minor),
    name: batch.name,
    campaign: batch.campaign ?? '',
    who: audience.kind,
    number: audience.kind === 'anybody' ? String(audience.number) : emptyDraft.number,
    tier: audience.kind === 'tier' ? audience.tier : '',
    classKey: audience.kind === 'class' ? audience.class_key : '',
  };
}

/** Terms as they would be typed. */
export function termsLike(terms: Issue['terms'], exponent: number, days: number, budget: number | null): TermsDraft {
  const { worth, minimum_minor, is_stackable } = terms;
  const amount = (minor: number | null) => (minor ? plainAmount(minor, exponent).replace(/\.0+$/, '') : '');
  return {
    worth: worth.kind,
    value: worth.kind === 'value' ? amount(worth.value_minor) : '',
    percent: worth.kind === 'percent' ? plainAmount(worth.percent_bp, 2).replace(/\.?0+$/, '') : '',
    cap: worth.kind === 'percent' ? amount(worth.cap_minor) : '',
    minimum: amount(minimum_minor),
    isStackable: is_stackable,
    days: String(days),
    budget: amount(budget),
  };
}

/** Reads numbers of a form: which cannot be read, and whether something needed is still empty, which is no mistake yet. */
export class Reading {
  readonly unread = new Set<string>();
  isWhole = true;

  number(text: string, decimals: number, field: string, isNeeded = false): number | null {
    if (text.trim() === '') {
      if (isNeeded) this.isWhole = false;
      return null;
    }
    const found = parseAmount(text, decimals);
    if (found === undefined) this.unread.add(field);
    return found ?? null;
  }

  /** Terms, days and budget of a coupon. */
  terms(draft: TermsDraft, exponent: number) {
    const money = (text: string, field: string, isNeeded = false) => {
      const found = this.number(text, exponent, field, isNeeded);
      return found === null ? null : asMinor(found);
    };
    const worth: Issue['terms']['worth'] =
      draft.worth === 'value'
        ? { kind: 'value', value_minor: money(draft.value, 'value_minor', true) ?? asMinor(0) }
        : { kind: 'percent', percent_bp: this.number(draft.percent, 2, 'percent_bp', true) ?? 0, cap_minor: money(draft.cap, 'cap_minor') };
    return {
      terms: { worth, minimum_minor: money(draft.minimum, 'minimum_minor') ?? asMinor(0), is_stackable: draft.isStackable },
      valid_days: this.number(draft.days, 0, 'valid_days', true) ?? 0,
      budget_minor: money(draft.budget, 'budget_minor'),
    };
  }

  get isReady(): boolean {
    return this.isWhole && this.unread.size === 0;
  }
}

/** What would be issued, or the fields that cannot be read. */
export function readDraft(draft: Draft, exponent: number): { issue: Issue | undefined; unread: ReadonlySet<string> } {
  const reading = new Reading();
  const { unread } = reading;
  const given = reading.terms(draft, exponent);
  const audience = audienceOf(draft, (text) => reading.number(text, 0, 'audience.number', true) ?? 0);
  if (!audience || !reading.isReady) return { issue: undefined, unread };
  return { issue: { name: draft.name, campaign: draft.campaign || null, audience, ...given }, unread };
}

function audienceOf(draft: Draft, count: (text: string) => number): Issue['audience'] | undefined {
  switch (draft.who) {
    case 'anybody':
      return { kind: 'anybody', number: count(draft.number) };
    case 'tier':
      return draft.tier === '' ? undefined : { kind: 'tier', tier: draft.tier };
    case 'class':
      return draft.classKey === '' ? undefined : { kind: 'class', class_key: draft.classKey };
    case 'named':
      return draft.people.length === 0 ? undefined : { kind: 'named', customer_ids: draft.people.map((person) => person.id) };
  }
}
