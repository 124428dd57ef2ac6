// One step of the ladder under change: its name, what it takes, what keeps it, what it brings. The threshold can be
// dragged; the whole book is counted again at every step.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { formatCount, parseAmount, parseCount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { BenefitFields } from './BenefitFields.tsx';
import { emptyBenefit, scaleOf, type Row } from './draft.ts';
import styles from './ladder.module.css';

interface Props {
  row: Row;
  isLowest: boolean;
  /** People on it afterwards. */
  after: number | undefined;
  at: (field: string) => string | undefined;
  onChange: (next: Partial<Row>) => void;
  onRemove: (() => void) | undefined;
}

export function StepFields({ row, isLowest, after, at, onChange, onRemove }: Props) {
  const { t } = useTranslation('ladder');
  const { t: word } = useTranslation('common');
  const title = row.name || t('editor.new');
  return (
    <fieldset className={styles.stepFields} aria-label={title}>
      <div className={styles.editRow}>
        <TextField label={t('editor.name')} value={row.name} onChange={(event) => onChange({ name: event.target.value })} error={at('name')} />
        {isLowest ? <p className={`quiet small ${styles.lowest}`}>{t('editor.lowest')}</p> : <Thresholds row={row} at={at} onChange={onChange} />}
      </div>
      {!isLowest && <Drag row={row} onChange={onChange} />}
      {row.benefits.map((benefit, n) => (
        <BenefitFields
          key={benefit.key}
          benefit={benefit}
          at={(field) => at(`benefits.${n}.${field}`)}
          onChange={(next) => onChange({ benefits: row.benefits.map((other, m) => (m === n ? next : other)) })}
          onRemove={() => onChange({ benefits: row.benefits.filter((_, m) => m !== n) })}
        />
      ))}
      <div className={styles.stepFoot}>
        <Button icon="plus" onClick={() => onChange({ benefits: [...row.benefits, emptyBenefit(newClientKey())] })}>
          {t('editor.benefit')}
        </Button>
        {onRemove && (
          <Button icon="close" onClick={onRemove}>
            {t('editor.remove_step', { tier: title })}
          </Button>
        )}
        <span className={`${styles.after} figures`}>{after !== undefined && t('editor.after', { people: word('people', { n: formatCount(after) }) })}</span>
      </div>
    </fieldset>
  );
}

/** What it takes to enter, and below it what it takes to stay. */
function Thresholds({ row, at, onChange }: Pick<Props, 'row' | 'at' | 'onChange'>) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const amount = (label: string, text: string, refused: string | undefined, set: (text: string) => void, optional = false): ReactNode => (
    <Field label={label} optional={optional} error={refused ?? (text.trim() !== '' && parseAmount(text, currency.exponent) === undefined ? t('editor.unread') : undefined)}>
      {(ids) => <AmountInput id={ids.id} label={label} symbol={sign} value={text} onChange={set} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  const number = (label: string, text: string, refused: string | undefined, set: (text: string) => void): ReactNode => (
    <TextField label={label} optional inputMode="numeric" value={text} onChange={(event) => set(event.target.value)} error={refused ?? (parseCount(text) === undefined ? t('editor.unread_count') : undefined)} />
  );
  const has = (text: string) => text.trim() !== '';
  return (
    <>
      {amount(t('editor.spend'), row.spend, at('enter_spend_minor'), (spend) => onChange({ spend }))}
      {number(t('editor.visits'), row.visits, at('enter_visits'), (visits) => onChange({ visits }))}
      {number(t('editor.points'), row.points, at('enter_points'), (points) => onChange({ points }))}
      <p className={`quiet small ${styles.keeps}`}>{t('editor.keeps')}</p>
      <div>{has(row.spend) && amount(t('editor.keep'), row.keepSpend, at('keep_spend_minor'), (keepSpend) => onChange({ keepSpend }), true)}</div>
      <div>{has(row.visits) && number(t('editor.keep_visits'), row.keepVisits, at('keep_visits'), (keepVisits) => onChange({ keepVisits }))}</div>
      <div>{has(row.points) && number(t('editor.keep_points'), row.keepPoints, at('keep_points'), (keepPoints) => onChange({ keepPoints }))}</div>
    </>
  );
}

/** The threshold under the thumb. Its scale stays as it was when the form was opened, so that nothing runs away. */
function Drag({ row, onChange }: Pick<Props, 'row' | 'onChange'>) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  const money = useMoney();
  const unit = 10 ** currency.exponent;
  const spend = parseAmount(row.spend, currency.exponent);
  const keep = parseAmount(row.keepSpend, currency.exponent);
  const [held] = useState({ spend: Math.round((spend ?? 0) / unit), keep, of: spend });
  const { most, step } = scaleOf(held.spend);
  if (spend === undefined || spend < 0) return null;
  // What keeps the tier follows in the proportion that held.
  const kept = (minor: number) => (held.keep === undefined || !held.of ? row.keepSpend : plainAmount(Math.round((minor * held.keep) / held.of), currency.exponent));
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={t('editor.drag', { tier: row.name })}
      aria-valuetext={money(spend)}
      data-aside
      min={0}
      max={Math.max(most, Math.ceil(spend / unit))}
      step={step}
      value={Math.round(spend / unit)}
      onChange={(event) => {
        const minor = Number(event.target.value) * unit;
        onChange({ spend: plainAmount(minor, currency.exponent), keepSpend: kept(minor) });
      }}
    />
  );
}
