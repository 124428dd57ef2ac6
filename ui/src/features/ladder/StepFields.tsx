// One step of the ladder under change: its name, what it takes, what keeps it, what it brings. The thresholds can be
// dragged; the whole book is counted again at every step.
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatCount, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { BenefitFields, emptyBenefit } from './BenefitFields.tsx';
import type { Row } from './draft.ts';
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
  const { currency } = useBook();
  const sign = useCurrencySign();
  const unread = (text: string) => (text.trim() !== '' && parseAmount(text, currency.exponent) === undefined ? t('editor.unread') : undefined);
  const spend = parseAmount(row.spend, currency.exponent);
  const unit = 10 ** currency.exponent;
  return (
    <fieldset className={styles.stepFields}>
      <div className={styles.editRow}>
        <TextField label={t('editor.name')} value={row.name} onChange={(event) => onChange({ name: event.target.value })} error={at('name')} />
        {isLowest ? (
          <p className={`quiet small ${styles.lowest}`}>{t('editor.lowest')}</p>
        ) : (
          <>
            <Field label={t('editor.spend')} error={at('enter_spend_minor') ?? at('enter.spend_minor') ?? unread(row.spend)}>
              {(ids) => <AmountInput id={ids.id} label={t('editor.spend')} symbol={sign} value={row.spend} onChange={(text) => onChange({ spend: text })} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
            </Field>
            <TextField label={t('editor.visits')} optional inputMode="numeric" value={row.visits} onChange={(event) => onChange({ visits: event.target.value })} error={at('enter_visits')} />
            <TextField label={t('editor.points')} optional inputMode="numeric" value={row.points} onChange={(event) => onChange({ points: event.target.value })} error={at('enter_points')} />
            <Field label={t('editor.keep')} optional error={at('keep_spend_minor') ?? unread(row.keepSpend)}>
              {(ids) => <AmountInput id={ids.id} label={t('editor.keep')} symbol={sign} value={row.keepSpend} onChange={(text) => onChange({ keepSpend: text })} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
            </Field>
          </>
        )}
      </div>
      {!isLowest && spend !== undefined && (
        <input
          type="range"
          className={styles.slider}
          aria-label={t('editor.drag', { tier: row.name })}
          min={0}
          max={Math.max(spend * 2, 50_000 * unit) / unit}
          step={Math.max(1, Math.round(spend / unit / 50))}
          value={spend / unit}
          // The keep amount follows its share while the threshold is dragged.
          onChange={(event) => onChange({ spend: plainAmount(Number(event.target.value) * unit, currency.exponent), keepSpend: '' })}
        />
      )}
      {row.benefits.map((benefit, n) => (
        <BenefitFields
          key={benefit.key}
          benefit={benefit}
          error={at(`benefits.${n}.words`) ?? at(`benefits.${n}.rate_bp`) ?? at(`benefits.${n}.quantity`)}
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
            {t('editor.remove')}
          </Button>
        )}
        <span className={`${styles.after} figures`}>{after !== undefined && t('editor.after', { people: word('people', { n: formatCount(after) }) })}</span>
      </div>
    </fieldset>
  );
}
