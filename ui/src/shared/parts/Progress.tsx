// Long work on its way: a line, the numbers, the rate, the time left, and a way to stop it.
import { useTranslation } from 'react-i18next';
import { formatCount, formatSpan } from '../format/index.ts';
import { Button } from './Button.tsx';
import styles from './Progress.module.css';

interface Props {
  word: string;
  done: number;
  total: number;
  rate?: number;
  leftSeconds?: number | null;
  onCancel?: () => void;
}

export function Progress({ word, done, total, rate = 0, leftSeconds, onCancel }: Props) {
  const { t } = useTranslation('common');
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  return (
    <div className={styles.progress} role="status">
      <div className={styles.head}>
        <span>{word}</span>
        <span className="figures quiet">{total > 0 ? t('progress.of', { done: formatCount(done), total: formatCount(total) }) : formatCount(done)}</span>
      </div>
      <svg className={styles.line} viewBox="0 0 100 4" preserveAspectRatio="none" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share)} aria-label={word}>
        <rect className={styles.track} width="100" height="4" />
        <rect className={styles.done} width={share} height="4" />
      </svg>
      <div className={styles.head}>
        <span className="figures quiet small">
          {rate > 0 && t('progress.rate', { rate: formatCount(rate) })}
          {leftSeconds != null && ` · ${t('progress.left', { span: formatSpan(leftSeconds * 1000) })}`}
        </span>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
      </div>
    </div>
  );
}
