// 交易行为: what was bought, where the customer stands on the ladder and in the scheme, and why.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Card, Facts, Figure } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { Go } from '@/shared/router.tsx';
import type { Profile } from './queries.ts';
import styles from './customers.module.css';

export function TradePanel({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const say = useSentence();
  const { today } = useBook();
  const { trade, standing, segment } = profile;
  const day = (value: string | null) => (value ? `${formatShortDay(value, today)} · ${formatAge(value, today)}` : word('no_visit'));
  return (
    <Card title={t('panel.trade')}>
      <div className={styles.two}>
        <Figure word={t('trade.net')} note={word('orders', { n: formatCount(trade.orders) })}>
          {money(trade.net_minor)}
        </Figure>
        <Figure word={t('trade.year')} note={word('orders', { n: formatCount(trade.orders_12m) })}>
          {money(trade.net_12m_minor)}
        </Figure>
      </div>
      <div className={styles.standing}>
        <p>
          {say(standing.why)} <Go to={`/ladder/standing/${profile.row.id}`}>{t('trade.standing')}</Go>
        </p>
        {standing.missing && (
          <>
            <Meter share={standing.missing.progress} label={say(standing.missing.text)} />
            <p className="quiet small">{say(standing.missing.text)}</p>
          </>
        )}
        {segment && (
          <p className={styles.reason}>
            <strong>{segment.tag.name}</strong> {say(segment.reason)}
          </p>
        )}
      </div>
      <Facts
        rows={[
          [
            t('trade.points'),
            <Go key="points" to={`/ladder/points/${profile.row.id}`}>
              {formatCount(profile.points.balance)}
            </Go>,
          ],
          [t('trade.last'), day(trade.last_on)],
          [t('trade.first'), day(trade.first_on)],
          [t('trade.ticket'), trade.average_ticket_minor == null ? '—' : money(trade.average_ticket_minor)],
          [t('trade.interval'), trade.interval_days == null ? '—' : t('trade.days', { n: trade.interval_days })],
          // Whoever is past their own rhythm is not expected in the past.
          [t(trade.next_likely_on && trade.next_likely_on < today ? 'trade.overdue' : 'trade.next'), <Next key="next" trade={trade} />],
          [t('trade.ahead'), <Ahead key="ahead" trade={trade} />],
        ]}
      />
    </Card>
  );
}

type Trade = Profile['trade'];

/** The next likely day with the band in which half of the own intervals end. */
function Next({ trade }: { trade: Trade }) {
  const { t } = useTranslation('customers');
  const { today } = useBook();
  const { next_likely_on: next, next_from_on: from, next_to_on: to } = trade;
  if (!next) return t('trade.too_few');
  return (
    <>
      {t('trade.estimate', { day: `${formatShortDay(next, today)} · ${formatAge(next, today)}` })}
      {from && to && from !== to && (
        <span className={`${styles.beneath} quiet small`}>
          {t('trade.band_word')} {t('trade.band', { from: formatShortDay(from, today), to: formatShortDay(to, today) })}
        </span>
      )}
    </>
  );
}

/** What the next 12 months bring if everything goes on as before, with the arithmetic. */
function Ahead({ trade }: { trade: Trade }) {
  const { t } = useTranslation('customers');
  const money = useMoney();
  const { year_ahead: ahead } = trade;
  if (!ahead) return t(trade.next_likely_on ? 'trade.ahead_over' : 'trade.too_few');
  return (
    <>
      <span className="figures">{t('trade.ahead_value', { amount: money(ahead.net_minor) })}</span>
      <span className={`${styles.beneath} quiet small`}>{t('trade.ahead_why', { n: ahead.visits, ticket: money(ahead.per_visit_minor) })}</span>
    </>
  );
}
