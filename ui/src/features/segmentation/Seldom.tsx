// Why customers come seldom: how many for which reason, and of whom nobody wrote it down. Every line opens its people.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { useSeldomReasons } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

export function Seldom() {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { data } = useSeldomReasons();
  if (!data || (data.people === 0 && data.unasked === 0)) return null;
  const most = Math.max(1, ...data.reasons.map((reason) => reason.people));
  return (
    <Card title={t('seldom.title')}>
      {data.people > 0 && data.reasons.map(({ why, people }) => {
        const name = t(`seldom.why.${why}`);
        return (
          <button key={why} type="button" className={styles.reason} onClick={() => openPeople({ kind: 'seldom', why }, `${t('seldom.title')} · ${name}`)}>
            <span>{name}</span>
            <Meter share={Math.round((people * 100) / most)} label={name} />
            <strong className="figures">{word('people', { n: formatCount(people) })}</strong>
          </button>
        );
      })}
      <button type="button" className={styles.line} onClick={() => openPeople({ kind: 'seldom', why: null }, t('seldom.unasked'))}>
        <span>
          {t('seldom.unasked')}
          <span className="quiet small">{t('seldom.unasked_help')}</span>
        </span>
        <strong className="figures">{word('people', { n: formatCount(data.unasked) })}</strong>
      </button>
      {data.people > 0 && <p className="quiet small">{t('seldom.help')}</p>}
    </Card>
  );
}
