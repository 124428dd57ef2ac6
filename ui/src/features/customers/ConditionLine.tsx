// One condition: about what, compared how, with what.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { fields, isCounted, isDay, needsValue, opsOf, type Condition, type Field, type Op } from './conditions.ts';
import { useLadder, useSegments, useViews } from './queries.ts';
import styles from './table.module.css';

interface Props {
  condition: Condition;
  onChange: (next: Condition) => void;
  onRemove: () => void;
}

export function ConditionLine({ condition, onChange, onRemove }: Props) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const ops = opsOf[condition.field];
  const setField = (field: Field) => onChange({ field, op: opsOf[field].includes(condition.op) ? condition.op : (opsOf[field][0] ?? 'is'), value: '' });
  return (
    <div className={styles.condition}>
      <Pick label={t('field_word')} field value={condition.field} options={fields.map((field) => ({ value: field, word: t(`field.${field}`) }))} onChange={(field) => setField(field as Field)} />
      <Pick label={t('op_word')} field value={condition.op} options={ops.map((op) => ({ value: op, word: t(isDay(condition.field) && (op === 'at_least' || op === 'at_most') ? `day_op.${op}` : `op.${op}`) }))} onChange={(op) => onChange({ ...condition, op: op as Op })} />
      {needsValue(condition.op) ? <Value condition={condition} onChange={(value) => onChange({ ...condition, value })} /> : <span />}
      <Button kind="plain" icon="close" aria-label={word('remove')} onClick={onRemove} />
    </div>
  );
}

function Value({ condition, onChange }: { condition: Condition; onChange: (value: string) => void }) {
  const { t } = useTranslation('table');
  const { t: customer } = useTranslation('customers');
  const segments = useSegments();
  const ladder = useLadder();
  const views = useViews();
  const value = condition.value ?? '';
  const options: Partial<Record<Field, { value: string; word: string }[]>> = {
    tier: (ladder.data?.steps ?? []).map((step) => ({ value: String(step.tier.rank), word: step.tier.name })),
    segment: (segments.data?.classes ?? []).map((it) => ({ value: it.tag.key, word: it.tag.name })),
    tag: condition.op === 'contains' ? undefined : (views.data?.tags ?? []).map((tag) => ({ value: tag, word: tag })),
    kind: (['person', 'company'] as const).map((kind) => ({ value: kind, word: customer(`kind.${kind}`) })),
    gender: (['female', 'male'] as const).map((gender) => ({ value: gender, word: customer(`gender.${gender}`) })),
    birth_month: Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), word: t('month', { n: n + 1 }) })),
  };
  const list = options[condition.field];
  if (list) return <Pick label={t('value')} field value={value} options={list} onChange={onChange} />;
  if (condition.field === 'net_minor') return <Money key={condition.field} minor={value} onChange={onChange} />;
  const type = isDay(condition.field) && !isCounted(condition) ? 'date' : 'text';
  return <input className={styles.value} type={type} inputMode={isCounted(condition) ? 'numeric' : undefined} value={value} aria-label={t('value')} onChange={(event) => onChange(event.target.value)} />;
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
