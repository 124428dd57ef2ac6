// What the shop owes: points and what they are worth, how they came and went, and when they end.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import type { Overview } from './queries.ts';
import styles from './points.module.css';

export function Liability({ overview }: { overview: Overview }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const { months, ends } = overview;
  const sum = (of: (month: Overview['months'][number]) => number) => formatCount(months.reduce((all, month) => all + of(month), 0));
  return (
    <Card title={t('liability.title')} side={t('liability.help')}>
      <div className={styles.figures}>
        <Figure word={t('liability.outstanding')} note={word('people', { n: formatCount(overview.people) })} large>
          {formatCount(overview.outstanding)}
        </Figure>
        <Figure word={t('liability.worth')} note={overview.worth_minor == null ? t('liability.gifts_only') : undefined} large>
          {overview.worth_minor == null ? '—' : money(overview.worth_minor)}
        </Figure>
        <Figure word={t('liability.earned')}>{sum((month) => month.earned)}</Figure>
        <Figure word={t('liability.redeemed')}>{sum((month) => month.redeemed)}</Figure>
        <Figure word={t('liability.expired')}>{sum((month) => month.expired)}</Figure>
        {overview.debt > 0 && <Figure word={t('liability.debt')}>{formatCount(overview.debt)}</Figure>}
      </div>
      {ends.length > 0 && (
        <ul className={styles.ends} aria-label={t('liability.ends')}>
          {ends.slice(0, 6).map((end) => (
            <li key={end.on ?? 'never'}>
              <span className="quiet">{end.on ? t('liability.until', { day: formatShortDay(end.on, today) }) : t('liability.never')}</span> <span className="figures">{formatCount(end.points)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
