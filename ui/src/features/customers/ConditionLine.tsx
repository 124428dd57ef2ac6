// One condition: about what, compared how, with what.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { fields, isCounted, isDay, needsValue, opsFor, opsOf, type Condition, type Field, type Op } from './conditions.ts';
import { useDynamicLists, useLadder, useOwnFields, useProductNames, useScheme, useSchemes, useSegments, useViews, type OwnField } from './queries.ts';
import styles from './table.module.css';

interface Props {
  condition: Condition;
  onChange: (next: Condition) => void;
  onRemove: () => void;
}

export function ConditionLine({ condition, onChange, onRemove }: Props) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const own = useOwn(condition);
  const ops = opsFor(condition.field, own);
  const setField = (field: Field) => onChange({ field, of: null, op: opsOf[field].includes(condition.op) ? condition.op : (opsOf[field][0] ?? 'is'), value: '' });
  const isOfDays = isDay(condition.field) || own?.kind === 'date';
  return (
    <div className={styles.condition}>
      <Pick label={t('field_word')} field value={condition.field} options={fields.map((field) => ({ value: field, word: t(`field.${field}`) }))} onChange={(field) => setField(field as Field)} />
      {(condition.field === 'scheme' || condition.field === 'field') && <Which condition={condition} onChange={onChange} />}
      <Pick label={t('op_word')} field value={condition.op} options={ops.map((op) => ({ value: op, word: t(isOfDays && (op === 'at_least' || op === 'at_most') ? `day_op.${op}` : `op.${op}`) }))} onChange={(op) => onChange({ ...condition, op: op as Op })} />
      {needsValue(condition.op) ? <Value condition={condition} own={own} onChange={(value) => onChange({ ...condition, value })} /> : <span />}
      <Button kind="plain" icon="close" aria-label={word('remove')} onClick={onRemove} />
    </div>
  );
}

/** The field of the shop's own that a condition is about. */
function useOwn(condition: Condition): OwnField | undefined {
  const known = useOwnFields().data?.fields;
  return condition.field === 'field' ? known?.find((field) => String(field.id) === condition.of) : undefined;
}

/** Which scheme, or which field of the shop's own. */
function Which({ condition, onChange }: Omit<Props, 'onRemove'>) {
  const { t } = useTranslation('table');
  const own = useOwnFields().data?.fields ?? [];
  const schemes = useSchemes().data?.schemes ?? [];
  const options = condition.field === 'field' ? own.map((field) => ({ value: String(field.id), word: field.name })) : schemes.map((scheme) => ({ value: scheme.key, word: scheme.name }));
  const choose = (of: string) => {
    const ops = opsFor(condition.field, own.find((field) => String(field.id) === of));
    onChange({ ...condition, of, op: ops.includes(condition.op) ? condition.op : (ops[0] ?? 'is'), value: '' });
  };
  return <Pick label={t('of')} field value={condition.of ?? ''} options={options} onChange={choose} />;
}

function Value({ condition, own, onChange }: { condition: Condition; own: OwnField | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation('table');
  const { t: customer } = useTranslation('customers');
  const segments = useSegments();
  const ladder = useLadder();
  const { t: word } = useTranslation('common');
  const views = useViews();
  const lists = useDynamicLists(condition.field === 'list');
  const products = useProductNames(condition.field === 'intent');
  const scheme = useScheme(condition.field === 'scheme' ? (condition.of ?? undefined) : undefined);
  const value = condition.value ?? '';
  const options: Partial<Record<Field, { value: string; word: string }[]>> = {
    tier: (ladder.data?.steps ?? []).map((step) => ({ value: String(step.tier.rank), word: step.tier.name })),
    segment: (segments.data?.classes ?? []).map((it) => ({ value: it.tag.key, word: it.tag.name })),
    priority: [1, 2, 3, 4, 5].map((level) => ({ value: String(level), word: String(level) })),
    tag: condition.op === 'contains' ? undefined : (views.data?.tags ?? []).map((tag) => ({ value: tag, word: tag })),
    kind: (['person', 'company'] as const).map((kind) => ({ value: kind, word: customer(`kind.${kind}`) })),
    gender: (['female', 'male'] as const).map((gender) => ({ value: gender, word: customer(`gender.${gender}`) })),
    list: (lists.data?.lists ?? []).map((list) => ({ value: String(list.id), word: list.name })),
    intent: (products.data?.rows ?? []).map((product) => ({ value: String(product.id), word: product.name })),
    scheme: (scheme.data?.classes ?? []).map((it) => ({ value: it.tag.key, word: it.tag.name })),
    field: ownOptions(own, word),
    birth_month: Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), word: t('month', { n: n + 1 }) })),
  };
  const list = options[condition.field];
  if (list) return <Pick label={t('value')} field value={value} options={list} onChange={onChange} />;
  if (condition.field === 'net_minor') return <Money key={condition.field} minor={value} onChange={onChange} />;
  const type = (isDay(condition.field) || own?.kind === 'date') && !isCounted(condition) ? 'date' : 'text';
  return <input className={styles.value} type={type} inputMode={isCounted(condition) ? 'numeric' : undefined} value={value} aria-label={t('value')} onChange={(event) => onChange(event.target.value)} />;
}

function ownOptions(own: OwnField | undefined, word: (key: 'yes' | 'no') => string): { value: string; word: string }[] | undefined {
  if (own?.kind === 'yes_no') return (['yes', 'no'] as const).map((value) => ({ value, word: word(value) }));
  if (own?.kind === 'choice' || own?.kind === 'choices') return own.options.map((option) => ({ value: option, word: option }));
  return undefined;
}

/** Typed in the shop's currency, kept in its smallest unit; nothing while it cannot be read. */
function Money({ minor, onChange }: { minor: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('table');
  const { currency } = useBook();
  const [text, setText] = useState(minor === '' ? '' : plainAmount(Number(minor), currency.exponent));
  const symbol = useCurrencySign();
  return (
    <AmountInput
      value={text}
      symbol={symbol}
      label={t('value')}
      onChange={(next) => {
        setText(next);
        const typed = parseAmount(next, currency.exponent);
        onChange(typed === undefined ? '' : String(typed));
      }}
    />
  );
}
