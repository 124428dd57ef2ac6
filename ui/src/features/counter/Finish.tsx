// The foot of the till, always in sight: the other day that a sale is for, what it comes to, and the way to finish it.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import styles from './till.module.css';

interface Props {
  /** What is paid; undefined while nobody knows. */
  total: number | undefined;
  hasLines: boolean;
  /** The business day as typed; empty for today. */
  soldOn: string;
  busy: boolean;
  disabled: boolean;
}

export function Finish({ total, hasLines, soldOn, busy, disabled }: Props) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  return (
    <div className={styles.finish}>
      {soldOn !== '' && <p className={styles.backdated}>{t('extras.is_backdated', { day: soldOn })}</p>}
      {hasLines && (
        <div className={styles.total}>
          <span className="quiet">{t('total')}</span>
          <span className={`${styles.figure} figures`}>{total === undefined ? '…' : money(total)}</span>
        </div>
      )}
      <Button kind="main" large type="submit" hint="Enter" busy={busy} disabled={disabled || undefined}>
        {total !== undefined && total > 0 ? t('take', { amount: money(total) }) : t('take_empty')}
      </Button>
    </div>
  );
}
