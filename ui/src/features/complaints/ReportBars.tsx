// Kept and broken per group, drawn with our own colours: what was kept fills from the left, what was broken follows.
import { useTranslation } from 'react-i18next';
import { formatBasisPoints } from '@/shared/format/index.ts';
import type { Report } from './queries.ts';
import styles from './report.module.css';

const MOST = 12;

export function Bars({ groups, word }: { groups: Report['groups']; word: (group: string) => string }) {
  const { t } = useTranslation('complaints');
  const shown = groups.slice(-MOST);
  return (
    <div className={styles.bars}>
      {(['response', 'resolution', 'follow_up'] as const).map((promise) => (
        <section key={promise} className={styles.barGroup}>
          <h3 className={styles.barTitle}>{t(`promise.${promise}`)}</h3>
          {shown.map((group) => {
            const found = group.promises.find((each) => each.promise === promise);
            const judged = (found?.met ?? 0) + (found?.broken ?? 0);
            const met = judged === 0 ? 0 : ((found?.met ?? 0) * 100) / judged;
            const share = found?.met_bp === undefined || found.met_bp === null ? '–' : formatBasisPoints(found.met_bp);
            return (
              <div key={group.group} className={styles.barRow}>
                <span className={styles.barWord}>{word(group.group)}</span>
                <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label={t('report.bar', { group: word(group.group), share, n: judged })}>
                  <rect className={styles.track} width="100" height="1" />
                  <rect className={styles.fill} width={met} height="1" />
                  {judged > 0 && <rect className={styles.missed} x={met} width={100 - met} height="1" />}
                </svg>
                <span className="small figures">{share}</span>
              </div>
            );
          })}
        </section>
      ))}
    </div>
  );
}
