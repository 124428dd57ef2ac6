// What came of getting in touch: money of one person 90 days before and after, of those who were contacted and of those who
// were not, class by class.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { useContactEffect, type Effect } from './queries.ts';
import styles from './segmentation.module.css';

type Side = Effect['classes'][number]['contacted'];

export function EffectCard() {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const { data } = useContactEffect();
  if (!data) return null;
  const days = { from: formatShortDay(data.from_on, today), to: formatShortDay(data.to_on, today), days: data.days };
  return (
    <Card title={t('effect.title')}>
      <p className="quiet small">{data.classes.length > 0 ? t('effect.help', days) : t('effect.nothing', { n: data.days })}</p>
      <ul>
        {data.classes.map((one) => (
          <li key={one.tag.key} className={styles.pair}>
            <span>{one.tag.name}</span>
            <span className={`${styles.figures} figures`}>
              <span>
                <span className="quiet small">{t('effect.contacted', { n: formatCount(one.contacted.people) })}</span> <Change side={one.contacted} />
              </span>
              {one.others.people > 0 && (
                <span className="quiet small">
                  {t('effect.others', { n: formatCount(one.others.people) })} <Change side={one.others} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {data.classes.length > 0 && <p className="quiet small">{t('effect.caution')}</p>}
    </Card>
  );
}

function Change({ side }: { side: Side }) {
  const { t } = useTranslation('segmentation');
  const money = useMoney();
  return <>{t('effect.change', { before: money(side.each_before_minor ?? 0), after: money(side.each_after_minor ?? 0) })}</>;
}
