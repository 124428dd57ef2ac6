// The table of the report: one row per group and promise, with what was judged apart from what was not.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBasisPoints, formatSpan } from '@/shared/format/index.ts';
import { categories, type Dimension, type Figures, type Report } from './queries.ts';
import styles from './report.module.css';

/** The word of a group's key. */
export function useGroupWord(by: Dimension): (group: string) => string {
  const { t } = useTranslation('complaints');
  return useCallback((group: string) => {
    if (group === '') return t('report.unsaid');
    const category = by === 'category' ? categories.find((each) => each === group) : undefined;
    if (category) return t(`category.${category}`);
    const severity = by === 'severity' ? (['normal', 'high', 'red'] as const).find((each) => each === group) : undefined;
    return severity ? t(`severity.${severity}`) : group;
  }, [by, t]);
}

/** Open time is told in hours, the follow-up counts day and night. */
export const spanOf = (figures: Figures, seconds: number | null): string => (seconds === null ? '–' : formatSpan(seconds * 1000, figures.promise !== 'follow_up'));

export function ReportTable({ report, by }: { report: Report; by: Dimension }) {
  const { t } = useTranslation('complaints');
  const word = useGroupWord(by);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`report.dimension.${by}`)}</th>
            <th scope="col">{t('report.promise')}</th>
            {(['met', 'broken', 'share', 'median', 'p90', 'late_median', 'late_worst', 'running', 'paused', 'withdrawn'] as const).map((each) => (
              <th key={each} scope="col" className={styles.number}>
                {t(`report.column.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.groups.flatMap((group) =>
            group.promises.map((each, n) => (
              <tr key={`${group.group}-${each.promise}`} data-first={n === 0 || undefined}>
                {n === 0 && (
                  <th scope="rowgroup" rowSpan={group.promises.length}>
                    {word(group.group)}
                    <span className="quiet small figures"> {t('report.cases', { n: group.cases })}</span>
                  </th>
                )}
                <td>{t(`promise.${each.promise}`)}</td>
                <td className={styles.number}>{each.met}</td>
                <td className={styles.number} data-late={each.broken > 0 || undefined}>
                  {each.broken}
                </td>
                <td className={styles.number}>{each.met_bp === null ? '–' : formatBasisPoints(each.met_bp)}</td>
                <td className={styles.number}>{spanOf(each, each.median_s)}</td>
                <td className={styles.number}>{spanOf(each, each.p90_s)}</td>
                <td className={styles.number}>{spanOf(each, each.late_median_s)}</td>
                <td className={styles.number}>{spanOf(each, each.late_worst_s)}</td>
                <td className={styles.number}>{each.running}</td>
                <td className={styles.number}>{each.paused}</td>
                <td className={styles.number}>{each.withdrawn}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
