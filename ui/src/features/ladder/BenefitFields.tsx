// One benefit of a step: the words of the poster, its kind, and how much or how often.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { parseAmount, parseCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { hundredths, isUsed, type BenefitRow, type Kind, type Per } from './draft.ts';
import styles from './ladder.module.css';

const kinds = ['service', 'discount', 'multiplier', 'gift', 'birthday', 'new_first', 'priority', 'text'] as const;
const pers = ['day', 'week', 'month', 'quarter', 'year'] as const;

interface Props {
  benefit: BenefitRow;
  at: (field: string) => string | undefined;
  onChange: (benefit: BenefitRow) => void;
  onRemove: () => void;
}

export function BenefitFields({ benefit, at, onChange, onRemove }: Props) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  const set = (next: Partial<BenefitRow>) => onChange({ ...benefit, ...next });
  const { kind } = benefit;
  const unread = (isRead: boolean, key: 'unread' | 'unread_count' | 'unread_number') => (isRead ? undefined : t(`editor.${key}`));
  return (
    <div className={styles.benefitRow}>
      <Field label={t('benefit.kind')}>{(ids) => <Pick id={ids.id} field label={t('benefit.kind')} value={kind} options={kinds.map((value) => ({ value, word: t(`benefit.kinds.${value}`) }))} onChange={(value) => set({ kind: value as Kind })} />}</Field>
      <TextField label={t('benefit.words')} value={benefit.words} onChange={(event) => set({ words: event.target.value })} placeholder={t(`benefit.examples.${kind}`)} error={at('words')} />
      {(kind === 'service' || kind === 'gift') && <TextField label={t('benefit.quantity')} inputMode="numeric" value={benefit.quantity} onChange={(event) => set({ quantity: event.target.value })} error={at('quantity') ?? unread(parseCount(benefit.quantity) != null, 'unread_count')} />}
      {kind === 'service' && <Field label={t('benefit.per')}>{(ids) => <Pick id={ids.id} field label={t('benefit.per')} value={benefit.per} options={pers.map((value) => ({ value, word: t(`benefit.pers.${value}`) }))} onChange={(per) => set({ per: per as Per })} />}</Field>}
      {kind === 'discount' && <TextField label={t('benefit.percent')} inputMode="decimal" value={benefit.percent} onChange={(event) => set({ percent: event.target.value })} error={at('rate_bp') ?? unread(hundredths(benefit.percent) !== undefined, 'unread_number')} />}
      {kind === 'multiplier' && <TextField label={t('benefit.times')} inputMode="decimal" value={benefit.times} onChange={(event) => set({ times: event.target.value })} error={at('rate_bp') ?? unread(hundredths(benefit.times) !== undefined, 'unread_number')} />}
      {isUsed(kind) && <TextField label={t('benefit.cost')} optional inputMode="decimal" value={benefit.cost} onChange={(event) => set({ cost: event.target.value })} error={at('cost_minor') ?? unread(benefit.cost.trim() === '' || parseAmount(benefit.cost, currency.exponent) !== undefined, 'unread')} />}
      <Button icon="close" onClick={onRemove} aria-label={t('editor.remove_of', { what: benefit.words || t(`benefit.kinds.${kind}`) })}>
        {t('editor.remove')}
      </Button>
    </div>
  );
}
