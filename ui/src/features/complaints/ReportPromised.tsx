// How the dates were kept that customers were promised: all together first, then every kind.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import type { Report } from './queries.ts';
import styles from './report.module.css';

export function ReportPromised({ report }: { report: Report }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('promised.kind')}</th>
            {(['promised', 'kept', 'broken', 'share', 'open', 'late', 'given_up', 'cost'] as const).map((each) => (
              <th key={each} scope="col" className={styles.number}>
                {t(`promised.column.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.remedies.map((row) => (
            <tr key={row.kind ?? 'all'}>
              <th scope="row">{row.kind ? t(`promised.kinds.${row.kind}`) : t('show.all')}</th>
              <td className={styles.number}>{formatCount(row.promised)}</td>
              <td className={styles.number}>{formatCount(row.kept)}</td>
              <td className={styles.number} data-late={row.broken > 0 || undefined}>
                {formatCount(row.broken)}
              </td>
              <td className={styles.number}>{row.kept_bp === null ? '–' : formatBasisPoints(row.kept_bp)}</td>
              <td className={styles.number}>{formatCount(row.open)}</td>
              <td className={styles.number} data-late={row.late > 0 || undefined}>
                {formatCount(row.late)}
              </td>
              <td className={styles.number}>{formatCount(row.given_up)}</td>
              <td className={styles.number}>{money(row.cost_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
