// Points that pay for part of a sale: what the amount takes at most comes from the backend; one press takes it.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { usePointsQuote } from './queries.ts';
import styles from './counter.module.css';

interface Props {
  customer: number;
  /** What is to be paid, or undefined while it cannot be read. */
  due: number | undefined;
  value: string;
  onChange: (points: string) => void;
  error: string | undefined;
}

export function PointsField({ customer, due, value, onChange, error }: Props) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { data } = usePointsQuote(customer, due);
  if (!data || (data.spendable === 0 && value === '')) return null;
  const help = data.most > 0 ? t('points.most', { n: formatCount(data.most), amount: money(data.worth_minor) }) : (data.why_none ?? t('points.hint', { n: formatCount(data.spendable) }));
  return (
    <div className={styles.pointsField}>
      <TextField label={t('points.use')} optional inputMode="numeric" value={value} onChange={(event) => onChange(event.target.value)} help={help} error={error} />
      {data.most > 0 && (
        <Button onClick={() => onChange(String(data.most))}>{t('points.take_most', { n: formatCount(data.most) })}</Button>
      )}
    </div>
  );
}
