// How the table is laid out: the usual columns, those of a saved view, and what the person changed about them. What a
// person changes is kept for them in the book a moment later.
import { useMemo } from 'react';
import type { Column, Layout, Views } from './queries.ts';

/** Widths in pixels at letters of 100 %. */
export const usualWidths: Partial<Record<string, number>> = {
  name: 180,
  salutation: 90,
  member_no: 110,
  mnemonic: 90,
  phone: 140,
  wechat: 140,
  email: 180,
  tier: 96,
  segment: 120,
  class_frequency: 100,
  class_amount: 100,
  class_product: 120,
  tags: 180,
  last_on: 110,
  first_on: 128,
  orders: 76,
  net: 116,
  points: 90,
  open_complaints: 96,
  joined_on: 128,
  kind: 76,
  company: 180,
  gender: 70,
  birthday: 140,
  address: 220,
  source: 120,
  note: 220,
  habits: 180,
  completeness: 96,
};

export const usual: Layout = {
  columns: ['name', 'phone', 'tier', 'segment', 'last_on', 'orders', 'net', 'joined_on'],
  widths: {},
  frozen: 1,
  sort: 'last_on',
  descending: true,
};

export const widthOf = (layout: Layout, column: Column): number => layout.widths?.[column] ?? usualWidths[column] ?? 140;

/** The layout of a view (undefined: the table without one) as this person left it. */
export function layoutOf(views: Views | undefined, view: number | undefined): Layout {
  const left = views?.layouts.find((it) => (it.view ?? undefined) === view)?.layout;
  const saved = views?.rows.find((it) => it.id === view)?.definition;
  return left ?? saved ?? usual;
}

export function useLayout(views: Views | undefined, view: number | undefined): Layout {
  return useMemo(() => layoutOf(views, view), [views, view]);
}

/** With a column at another place. */
export function moved(columns: readonly Column[], from: number, to: number): Column[] {
  const next = [...columns];
  const [column] = next.splice(from, 1);
  if (column !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, column);
  return next;
}
