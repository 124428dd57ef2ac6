// The values of an own field as people read them.
import type { TFunction } from 'i18next';
import type { Details } from './queries.ts';

type Field = Details['fields'][number];

export function fieldText(field: Field, word: TFunction<'common'>): string {
  if (field.kind === 'yes_no') return field.values[0] === 'yes' ? word('yes') : word('no');
  const text = field.values.join('、');
  return field.unit ? `${text} ${field.unit}` : text;
}
