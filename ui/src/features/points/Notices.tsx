// Whose points end within thirty days: nothing ends without having been told.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { SparedMark } from '@/shared/parts/SparedMark.tsx';
import { Go } from '@/shared/router.tsx';
import type { Overview } from './queries.ts';
import styles from './points.module.css';

export function Notices({ overview }: { overview: Overview }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const { notices } = overview;
  const side = overview.notice_people > 0 && t('notices.sum', { people: word('people', { n: formatCount(overview.notice_people) }), points: formatCount(overview.notice_points) });
  return (
    <Card title={t('notices.title')} side={side}>
      {notices.length === 0 && <p className="quiet">{t('notices.none')}</p>}
      {notices.length > 0 && (
        <table className={styles.table}>
          <tbody>
            {notices.map((notice) => (
              <tr key={notice.customer_id}>
                <td>
                  <Go to={`/ladder/points/${notice.customer_id}`}>{notice.name}</Go> <SparedMark caseNo={notice.do_not_disturb} />
                </td>
                <td className={`${styles.number} figures`}>{formatCount(notice.points)}</td>
                <td className="quiet figures">
                  {formatShortDay(notice.on, today)} · {formatAge(notice.on, today)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
