// The next review, seen beforehand: who would lose a tier, who would come into a grace, and what is missing to stay.
import { useTranslation } from 'react-i18next';
import { useBook, useSentence } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Icon } from '@/shared/icons/Icon.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { Go } from '@/shared/router.tsx';
import { useReview } from './queries.ts';
import styles from './ladder.module.css';

export function ReviewCard() {
  const { t } = useTranslation('ladder');
  const say = useSentence();
  const { today } = useBook();
  const { data } = useReview();
  if (!data) return null;
  return (
    <Card title={t('review.title', { day: formatShortDay(data.next_on, today) })} side={<span className="figures">{t('review.sum', { falls: formatCount(data.falls), begins: formatCount(data.begins) })}</span>}>
      {data.cases.length === 0 && <p className="quiet">{t('review.nobody')}</p>}
      <table className={styles.table}>
        <tbody>
          {data.cases.slice(0, 20).map((each) => (
            <tr key={each.customer_id}>
              <td>
                <Go to={`/ladder/standing/${each.customer_id}`}>{each.name}</Go>
              </td>
              <td>
                <span className={styles.mover}>
                  <TierMark name={each.tier.name} step={each.tier.rank} of={each.tier.of} />
                  {each.to && (
                    <>
                      <Icon name="next" />
                      <TierMark name={each.to.name} step={each.to.rank} of={each.to.of} />
                    </>
                  )}
                  {!each.to && each.grace_until && <span className="quiet small">{t('review.grace', { day: formatShortDay(each.grace_until, today) })}</span>}
                </span>
              </td>
              <td className="quiet">{say(each.why)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
