// Conditions of the table as the page writes them: which ways of comparing a field has, and the tree in the place.
import type { Input } from '@/backend/index.ts';
import type { OwnField } from './queries.ts';

export type Tree = NonNullable<Input<'customer_list'>['conditions']>;
export type Condition = Tree['groups'][number]['conditions'][number];
export type Field = Condition['field'];
export type Op = Condition['op'];

export const emptyCondition: Condition = { field: 'net_minor', op: 'at_least', value: '' };
export const noConditions: Tree = { any: false, groups: [] };

const texts: readonly Op[] = ['is', 'is_not', 'contains', 'empty', 'filled'];
const words: readonly Op[] = ['is', 'is_not', 'empty', 'filled'];
const numbers: readonly Op[] = ['at_least', 'at_most', 'is'];
const days: readonly Op[] = ['within_days', 'over_days', 'at_least', 'at_most', 'empty'];

export const opsOf: Record<Field, readonly Op[]> = {
  name: texts,
  tier: ['is', 'is_not', 'at_least', 'at_most'],
  segment: words,
  priority: ['is', 'is_not', 'at_least', 'at_most'],
  tag: texts,
  source: texts,
  kind: ['is'],
  company: texts,
  gender: words,
  net_minor: numbers,
  orders: numbers,
  last_on: days,
  first_on: days,
  joined_on: days,
  birth_month: ['is', 'empty', 'filled'],
  open_complaints: numbers,
  phone: ['empty', 'filled'],
  completeness: numbers,
  address: texts,
  note: texts,
  habits: texts,
  scheme: words,
  list: ['is', 'is_not'],
  intent: ['is', 'is_not'],
  field: texts,
};

/** Ways of comparing by what a field of the shop's own holds. */
const opsOfKind: Record<OwnField['kind'], readonly Op[]> = {
  text: texts,
  number: ['at_least', 'at_most', 'is', 'empty', 'filled'],
  date: days,
  choice: words,
  choices: words,
  yes_no: words,
};

export const opsFor = (field: Field, own: OwnField | undefined): readonly Op[] => (own ? opsOfKind[own.kind] : opsOf[field]);

/** Fields that a person may ask for. */
export const fields = Object.keys(opsOf) as Field[];

export const needsValue = (op: Op): boolean => op !== 'empty' && op !== 'filled';
export const isDay = (field: Field): boolean => field === 'last_on' || field === 'first_on' || field === 'joined_on';
export const isCounted = (condition: Condition): boolean => ['net_minor', 'orders', 'open_complaints', 'completeness'].includes(condition.field) || condition.op === 'within_days' || condition.op === 'over_days';

export const countOf = (tree: Tree): number => tree.groups.reduce((sum, group) => sum + group.conditions.length, 0);

/** Without conditions that still lack their value. */
export function cleaned(tree: Tree): Tree {
  const groups = tree.groups.map((group) => ({ ...group, conditions: group.conditions.filter((it) => !needsValue(it.op) || (it.value ?? '').trim() !== '') }));
  return { any: tree.any, groups: groups.filter((group) => group.conditions.length > 0) };
}

/** A tree from the place; what cannot be read is no condition. */
export function readTree(text: string | null): Tree {
  if (!text) return noConditions;
  try {
    const tree: unknown = JSON.parse(text);
    return typeof tree === 'object' && tree !== null && 'groups' in tree && Array.isArray(tree.groups) ? (tree as Tree) : noConditions;
  } catch {
    return noConditions;
  }
}
