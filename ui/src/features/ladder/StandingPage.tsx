// Where one customer stands: the tier, since when and why, the sales that count, what was given by hand, what it brings.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { go } from '@/shared/router.tsx';
import { HandForm } from './HandForm.tsx';
import { useStanding, type Page } from './queries.ts';
import styles from './ladder.module.css';

export function StandingPage({ id }: { id: number }) {
  const { t } = useTranslation('ladder');
  const { data, error } = useStanding(id);
  const [open, setOpen] = useState(false);
  if (error || !data)
    return (
      <Screen title={t('standing.short')}>
        {error ? <ErrorState message={error.message} /> : <LoadingState />}
      </Screen>
    );
  const { tier } = data.standing;
  return (
    <Screen
      title={t('standing.title', { name: data.name })}
      note={<TierMark name={tier.name} step={tier.rank} of={tier.of} />}
      actions={
        <>
          <Button icon="person" onClick={() => go(`/customers/${id}`)}>
            {t('standing.profile')}
          </Button>
          <Button kind="main" icon="edit" onClick={() => setOpen(true)}>
            {t('standing.by_hand')}
          </Button>
        </>
      }
    >
      <div className={styles.standing}>
        <Why page={data} />
        <Brings page={data} />
      </div>
      <div className={styles.standing}>
        <Counted page={data} />
        <Past page={data} />
      </div>
      {open && <HandForm id={data.customer_id} tier={tier.name} hasHand={data.by_hand[0] !== undefined && data.by_hand[0].mode !== 'clear'} onClose={() => setOpen(false)} />}
    </Screen>
  );
}

function Why({ page }: { page: Page }) {
  const { t } = useTranslation('ladder');
  const say = useSentence();
  const { today } = useBook();
  const { standing } = page;
  const day = (value: string | null, none: string) => (value ? formatShortDay(value, today) : none);
  return (
    <Card title={t('standing.why')}>
      <p>{say(standing.why)}</p>
      {standing.missing && (
        <>
          <Meter share={standing.missing.progress} label={say(standing.missing.text)} />
          <p className="quiet small">{say(standing.missing.text)}</p>
        </>
      )}
      {standing.grace_until && <Notice tone="soon">{t('standing.grace', { day: formatShortDay(standing.grace_until, today) })}</Notice>}
      <Facts
        rows={[
          [t('standing.since'), day(standing.since, '—')],
          [t('standing.until'), day(standing.until, t('standing.open'))],
          [t('standing.review'), formatShortDay(page.next_review_on, today)],
        ]}
      />
    </Card>
  );
}

function Brings({ page }: { page: Page }) {
  const { t } = useTranslation('ladder');
  const { today, always } = page.benefits;
  return (
    <Card title={t('standing.benefits')}>
      {today.length === 0 && always.length === 0 && <p className="quiet">{t('standing.no_benefits')}</p>}
      <ul className={styles.plain}>
        {always.map((benefit) => (
          <li key={benefit.key}>{benefit.words}</li>
        ))}
        {today.map((each) => (
          <li key={each.benefit.key}>
            {each.benefit.words} <span className="quiet small figures">{t('standing.left', { n: each.left, of: each.quantity })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Counted({ page }: { page: Page }) {
  const { t } = useTranslation('ladder');
  const money = useMoney();
  const { today } = useBook();
  return (
    <Card title={t('standing.counted')} side={<span className="figures">{money(page.standing.spend_minor)}</span>}>
      {page.sales.length === 0 && <p className="quiet">{t('standing.no_sales')}</p>}
      <table className={styles.table}>
        <tbody>
          {page.sales.map((sale) => (
            <tr key={sale.id}>
              <td className="figures">{formatShortDay(sale.on, today)}</td>
              <td className="quiet figures">{sale.sale_no}</td>
              <td className={`${styles.number} figures`}>{money(sale.net_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Past({ page }: { page: Page }) {
  const { t } = useTranslation('ladder');
  const { today } = useBook();
  const history = [...page.standing.history].reverse();
  return (
    <Card title={t('standing.history')}>
      {history.length === 0 && page.by_hand.length === 0 && <p className="quiet">{t('standing.no_history')}</p>}
      <ul className={styles.plain}>
        {history.map((change) => (
          <li key={`${change.on}${change.why}`}>
            <span className="quiet figures">{formatShortDay(change.on, today)}</span> {change.why}
          </li>
        ))}
        {page.by_hand.map((hand) => (
          <li key={`${hand.on}${hand.mode}${hand.tier}${hand.reason}`}>
            <span className="quiet figures">{formatShortDay(hand.on, today)}</span> {t(`hand.modes.${hand.mode}`)} {hand.tier} · {hand.reason} <span className="quiet">{[hand.until_on && t('hand.to', { day: formatShortDay(hand.until_on, today) }), hand.staff].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
