// One benefit of a step: the words of the poster, its kind, and how much or how often.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { asMinor, type Benefit } from './queries.ts';
import styles from './ladder.module.css';

const kinds = ['service', 'discount', 'multiplier', 'gift', 'birthday', 'new_first', 'priority', 'text'] as const;
const pers = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Kind = Benefit['kind'];

export const emptyBenefit = (key: string): Benefit => ({ key, words: '', kind: 'service', quantity: 1, per: 'month' });

function ofKind({ key, words }: Benefit, kind: Kind): Benefit {
  switch (kind) {
    case 'service':
      return { key, words, kind, quantity: 1, per: 'month' };
    case 'discount':
      return { key, words, kind, rate_bp: 500 };
    case 'multiplier':
      return { key, words, kind, rate_bp: 15_000 };
    case 'gift':
      return { key, words, kind, quantity: 1 };
    default:
      return { key, words, kind };
  }
}

/** Kinds that are used one by one: each use costs something. */
const isUsed = (kind: Kind) => kind === 'service' || kind === 'gift' || kind === 'birthday';

interface Props {
  benefit: Benefit;
  error: string | undefined;
  onChange: (benefit: Benefit) => void;
  onRemove: () => void;
}

export function BenefitFields({ benefit, error, onChange, onRemove }: Props) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  const minor = (text: string) => {
    const found = text.trim() === '' ? undefined : parseAmount(text, currency.exponent);
    return found === undefined ? null : asMinor(found);
  };
  const number = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : 0);
  return (
    <div className={styles.benefitRow}>
      <Field label={t('benefit.kind')}>{(ids) => <Pick id={ids.id} field label={t('benefit.kind')} value={benefit.kind} options={kinds.map((value) => ({ value, word: t(`benefit.kinds.${value}`) }))} onChange={(kind) => onChange(ofKind(benefit, kind as Kind))} />}</Field>
      <TextField label={t('benefit.words')} value={benefit.words} onChange={(event) => onChange({ ...benefit, words: event.target.value })} placeholder={t('benefit.example')} error={error} />
      {(benefit.kind === 'service' || benefit.kind === 'gift') && <TextField label={t('benefit.quantity')} inputMode="numeric" value={String(benefit.quantity)} onChange={(event) => onChange({ ...benefit, quantity: number(event.target.value) })} />}
      {benefit.kind === 'service' && <Field label={t('benefit.per')}>{(ids) => <Pick id={ids.id} field label={t('benefit.per')} value={benefit.per} options={pers.map((value) => ({ value, word: t(`benefit.pers.${value}`) }))} onChange={(per) => onChange({ ...benefit, per: per as (typeof pers)[number] })} />}</Field>}
      {benefit.kind === 'discount' && <TextField label={t('benefit.percent')} inputMode="numeric" value={String(benefit.rate_bp / 100)} onChange={(event) => onChange({ ...benefit, rate_bp: number(event.target.value) * 100 })} />}
      {benefit.kind === 'multiplier' && <TextField label={t('benefit.times')} inputMode="decimal" defaultValue={String(benefit.rate_bp / 10_000)} onChange={(event) => onChange({ ...benefit, rate_bp: Math.round((Number(event.target.value) || 0) * 10_000) })} />}
      {isUsed(benefit.kind) && <TextField label={t('benefit.cost')} optional inputMode="decimal" defaultValue={benefit.cost_minor == null ? '' : plainAmount(benefit.cost_minor, currency.exponent)} onChange={(event) => onChange({ ...benefit, cost_minor: minor(event.target.value) })} />}
      <Button icon="close" onClick={onRemove}>
        {t('editor.remove')}
      </Button>
    </div>
  );
}
