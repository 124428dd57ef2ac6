// The definition while it is edited: small changes as pure functions, names, keys, and numbers between the text that
// a person types and the unit that the book keeps.
import { formatAmount, parseAmount } from '@/shared/format/index.ts';
import type { Condition, Scheme } from '../queries.ts';

export type Band = Scheme['bands'][number];
export type ClassRule = Scheme['classes'][number];
export type Face = Scheme['residual'];
export type Names = Face['names'];
export type Comparison = Extract<Condition, { kind: 'band' }>['is'];
export type MeasureRef = Band['measure'];
export type Window = MeasureRef['window'];

export const colours: readonly Face['color'][] = ['jade', 'moss', 'gold', 'amber', 'blue', 'plum', 'clay', 'ink', 'stone', 'mist'];

/** A name that the shop gave, the same in every language. */
export const ownName = (name: string): Names => ({ 'zh-Hans': name, 'zh-Hant': name, en: name });

/** The name in a language; a blank one shows the simplified name. */
export const nameIn = (names: Names, language: string): string => names[language as keyof Names]?.trim() || names['zh-Hans'];

/** A key that nothing in the scheme has. */
export function freeKey(prefix: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${prefix}_${n}`)) n += 1;
  return `${prefix}_${n}`;
}

export const faceKeys = (scheme: Scheme): string[] => [...scheme.classes.map((rule) => rule.face.key), scheme.residual.key, scheme.no_purchase.key];

/** A list with one entry moved by a step; where that leads out of it, the list as it was. */
export function moved<T>(list: readonly T[], at: number, step: number): T[] {
  const to = at + step;
  const next = [...list];
  const [entry] = next.splice(at, 1);
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  next.splice(to, 0, entry);
  return next;
}

/** The entry at a place replaced. */
export const replaced = <T>(list: readonly T[], at: number, entry: T): T[] => list.map((old, n) => (n === at ? entry : old));

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, n) => n !== at);

/** A cut point moved to a value: what was found by shares becomes a fixed number, and the others stay where they are. */
export function withCut(band: Band, found: readonly number[], at: number, value: number): Band {
  const before = band.cut.kind === 'fixed' ? band.cut.cuts : found;
  const low = before[at - 1];
  const high = before[at + 1];
  // Cut points stay in order whatever the hand does.
  const bounded = Math.max(low === undefined ? -Infinity : low + 1, Math.min(high === undefined ? Infinity : high - 1, value));
  return { ...band, cut: { kind: 'fixed', cuts: replaced(before, at, bounded) } };
}

/** Measures of the shop's own fields carry the field's key, days with the side they are looked at from; the others are a word of their own. */
export function measureKey(measure: MeasureRef['measure']): string {
  if (typeof measure === 'string') return measure;
  if ('field' in measure) return measure.field;
  return 'days_since' in measure ? `days_since ${measure.days_since}` : `days_until ${measure.days_until}`;
}

export function measureOf(key: string): MeasureRef['measure'] {
  const [side, field] = key.split(' ');
  if (field) return side === 'days_since' ? { days_since: field } : { days_until: field };
  return key.startsWith('custom:') ? { field: key } : (key as 'orders');
}

export type Unit = 'days' | 'months' | 'money' | 'share' | 'count' | 'milli';

/** Units that the book keeps in parts. */
const parts: Record<string, number> = { share: 100, milli: 1000 };

/** A number of the book as a person types it: `86.00`, `12.5` per cent, `9`. */
export function asText(value: number, unit: string, exponent: number): string {
  if (unit === 'money') return formatAmount(value, exponent).replaceAll(',', '').replace('−', '-');
  return String(value / (parts[unit] ?? 1));
}

/** What was typed as a number of the book; undefined when it is none. */
export function asNumber(text: string, unit: string, exponent: number): number | undefined {
  if (unit === 'money') return parseAmount(text, exponent);
  const number = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(number)) return undefined;
  const whole = number * (parts[unit] ?? 1);
  return Math.abs(whole - Math.round(whole)) < 1e-6 ? Math.round(whole) : undefined;
}

/** The number of a comparison that has one. */
export const valueOf = (is: Comparison): number => ('value' in is ? is.value : 'from' in is ? is.from : 0);

/** Another comparison with the same number. */
export function compared(op: Comparison['op'], value: number): Comparison {
  if (op === 'present' || op === 'missing') return { op };
  return op === 'between' ? { op, from: value, to: value } : { op, value };
}

/** Entries with the place they stand at as their key: an edited list has nothing else that stays. */
export const placed = <T>(list: readonly T[]): { entry: T; n: number; place: string }[] => list.map((entry, n) => ({ entry, n, place: `place ${n}` }));
