// 权益: what each tier brings and how often it was used, and the ledger of grants, uses and ends.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { Go, startAt } from '@/shared/router.tsx';
import { useBenefits, type Benefits, type Entry, type Tier } from './queries.ts';
import styles from './benefits.module.css';

export default function BenefitsScreen() {
  const { t } = useTranslation('benefits');
  const { data, error } = useBenefits();
  return (
    <Screen
      title={t('title')}
      note={t('note')}
      actions={
        <Button kind="main" icon="edit" onClick={() => startAt('/ladder?edit=1')}>
          {t('edit')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && (
        <>
          <div className={styles.tiers}>
            {data.tiers.map((tier) => (
              <TierCard key={tier.tier.rank} tier={tier} />
            ))}
          </div>
          <Cost data={data} />
          <Card title={t('ledger')}>{data.entries.length === 0 ? <EmptyState title={t('none')} /> : <Ledger entries={data.entries} />}</Card>
        </>
      )}
    </Screen>
  );
}

/** What a year of benefits cost, as far as it is known. */
function Cost({ data }: { data: Benefits }) {
  const { t } = useTranslation('benefits');
  const money = useMoney();
  if (data.cost_minor === 0 && data.uncosted === 0) return null;
  return (
    <Card>
      <Figure word={t('cost_year')} note={data.uncosted > 0 ? t('uncosted', { n: formatCount(data.uncosted) }) : undefined}>
        {money(data.cost_minor)}
      </Figure>
    </Card>
  );
}

function TierCard({ tier }: { tier: Tier }) {
  const { t } = useTranslation('benefits');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  return (
    <Card title={<TierMark name={tier.tier.name} step={tier.tier.rank} of={tier.tier.of} large />}>
      {tier.benefits.length === 0 && <p className="quiet">{t('empty')}</p>}
      <ul className={styles.list}>
        {tier.benefits.map(({ benefit, used, people, cost_minor }) => (
          <li key={benefit.key}>
            <span>
              {benefit.words} {benefit.kind === 'new_first' && <Go to="/ladder/members/first">{t('invited')}</Go>}
            </span>
            <span className="quiet small figures">
              {'quantity' in benefit && t(benefit.kind === 'service' ? `per.${benefit.per}` : 'once', { n: benefit.quantity })}
              {benefit.kind === 'birthday' && t('birthday')}
              {benefit.kind === 'discount' && t('off', { n: benefit.rate_bp / 100 })}
              {benefit.kind === 'multiplier' && t('times', { n: benefit.rate_bp / 10_000 })}
              {used > 0 && ` · ${t('used', { n: formatCount(used), people: word('people', { n: formatCount(people) }) })}`}
              {cost_minor > 0 && ` · ${t('cost', { amount: money(cost_minor) })}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Ledger({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('benefits');
  const { today } = useBook();
  const money = useMoney();
  return (
    <table className={styles.table}>
      <tbody>
        {entries.map(({ customer_id, name, entry }) => (
          <tr key={`${customer_id}${entry.at}${entry.kind}${entry.words}`}>
            <td className="figures">{formatShortDay(entry.on, today)}</td>
            <td>
              <Go to={`/ladder/standing/${customer_id}`}>{name}</Go>
            </td>
            <td>{t(`kinds.${entry.kind as 'use'}`)}</td>
            <td>
              {entry.words} <span className="quiet">{entry.note}</span>
            </td>
            <td className="figures">{entry.quantity}</td>
            <td className="figures">{entry.cost_minor === null ? '' : money(entry.cost_minor)}</td>
            <td className="quiet">{entry.staff}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
