// A batch as it is typed, and as the book takes it. A percentage is typed as a number: 20 takes a fifth off.
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import type { Chosen } from '@/shared/customer/CustomerPick.tsx';
import { asMinor, type Batch, type Issue } from './queries.ts';

export type Who = Issue['audience']['kind'];
export type Worth = Issue['terms']['worth']['kind'];

export interface Draft {
  name: string;
  campaign: string;
  worth: Worth;
  value: string;
  percent: string;
  cap: string;
  minimum: string;
  isStackable: boolean;
  days: string;
  who: Who;
  number: string;
  tier: string;
  classKey: string;
  people: Chosen[];
  budget: string;
}

export const emptyDraft: Draft = { name: '', campaign: '', worth: 'value', value: '', percent: '', cap: '', minimum: '', isStackable: false, days: '30', who: 'anybody', number: '50', tier: '', classKey: '', people: [], budget: '' };

/** The same batch again; people who were named are named anew. */
export function draftLike(batch: Batch, exponent: number, days: number): Draft {
  const { worth, minimum_minor, is_stackable } = batch.terms;
  const { audience } = batch;
  const amount = (minor: number | null) => (minor ? plainAmount(minor, exponent).replace(/\.0+$/, '') : '');
  return {
    ...emptyDraft,
    name: batch.name,
    campaign: batch.campaign ?? '',
    worth: worth.kind,
    value: worth.kind === 'value' ? amount(worth.value_minor) : '',
    percent: worth.kind === 'percent' ? plainAmount(worth.percent_bp, 2).replace(/\.?0+$/, '') : '',
    cap: worth.kind === 'percent' ? amount(worth.cap_minor) : '',
    minimum: amount(minimum_minor),
    isStackable: is_stackable,
    days: String(days),
    who: audience.kind,
    number: audience.kind === 'anybody' ? String(audience.number) : emptyDraft.number,
    tier: audience.kind === 'tier' ? audience.tier : '',
    classKey: audience.kind === 'class' ? audience.class_key : '',
    budget: amount(batch.budget_minor),
  };
}

/** What would be issued, or the fields that cannot be read. A field that is still empty is no mistake yet. */
export function readDraft(draft: Draft, exponent: number): { issue: Issue | undefined; unread: ReadonlySet<string> } {
  const unread = new Set<string>();
  let isWhole = true;
  const read = (text: string, decimals: number, field: string, isNeeded: boolean): number | null => {
    if (text.trim() === '') {
      if (isNeeded) isWhole = false;
      return null;
    }
    const found = parseAmount(text, decimals);
    if (found === undefined) unread.add(field);
    return found ?? null;
  };
  const money = (text: string, field: string, isNeeded = false) => {
    const found = read(text, exponent, field, isNeeded);
    return found === null ? null : asMinor(found);
  };
  const worth: Issue['terms']['worth'] =
    draft.worth === 'value'
      ? { kind: 'value', value_minor: money(draft.value, 'value_minor', true) ?? asMinor(0) }
      : { kind: 'percent', percent_bp: read(draft.percent, 2, 'percent_bp', true) ?? 0, cap_minor: money(draft.cap, 'cap_minor') };
  const minimum = money(draft.minimum, 'minimum_minor') ?? asMinor(0);
  const budget = money(draft.budget, 'budget_minor');
  const days = read(draft.days, 0, 'valid_days', true) ?? 0;
  const audience = audienceOf(draft, (text) => read(text, 0, 'audience.number', true) ?? 0);
  if (!audience) isWhole = false;
  if (!isWhole || unread.size > 0 || !audience) return { issue: undefined, unread };
  return { issue: { name: draft.name, campaign: draft.campaign || null, terms: { worth, minimum_minor: minimum, is_stackable: draft.isStackable }, audience, valid_days: days, budget_minor: budget }, unread };
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
