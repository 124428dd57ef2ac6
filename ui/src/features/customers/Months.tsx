// In which months a customer comes: twelve bars and their numbers, so that the shape is not told by height alone.
import { useTranslation } from 'react-i18next';
import styles from './people.module.css';

export function Months({ counts }: { counts: readonly number[] }) {
  const { t } = useTranslation('people');
  const most = Math.max(1, ...counts);
  return (
    <svg className={styles.months} viewBox="0 0 120 40" role="img" aria-label={counts.map((count, n) => t('seen.month', { m: n + 1, n: count })).join('，')}>
      {counts.map((count, n) => {
        const height = Math.round((count / most) * 26);
        return (
          // The place is the month.
          <g key={`month-${n + 1}`}>
            <title>{t('seen.month', { m: n + 1, n: count })}</title>
            <rect className={styles.bar} x={n * 10 + 1.5} y={28 - height} width="7" height={Math.max(height, 1)} data-none={count === 0 || undefined} />
            <text className={styles.tick12} fontSize={5} x={n * 10 + 5} y="37" textAnchor="middle">
              {n + 1}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
