// 到期未购: whose own rhythm says that they should have been here. Nobody with an open complaint stands in it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Go, go } from '@/shared/router.tsx';
import { useDue, type DueRow } from './queries.ts';
import styles from './lists.module.css';

const PAGE = 50;

export default function Due() {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const [offset, setOffset] = useState(0);
  const { data, error } = useDue(offset);
  return (
    <Screen title={t('due.title')} note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}>
      <p className="quiet">{t('due.text')}</p>
      {data && data.spared > 0 && <Notice tone="info">{t('due.spared', { n: formatCount(data.spared) })}</Notice>}
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data?.total === 0 && <EmptyState drawing="cards" title={t('due.none')} />}
      {data && data.total > 0 && (
        <Card flush>
          <ul className={styles.rows}>
            {data.rows.map((row) => (
              <Line key={row.customer.id} row={row} />
            ))}
          </ul>
        </Card>
      )}
      {data && (offset > 0 || offset + PAGE < data.total) && (
        <div className={styles.keys}>
          {offset > 0 && (
            <Button icon="up" onClick={() => setOffset(Math.max(0, offset - PAGE))}>
              {word('back')}
            </Button>
          )}
          {offset + PAGE < data.total && (
            <Button icon="down" onClick={() => setOffset(offset + PAGE)}>
              {t('review.more')}
            </Button>
          )}
        </div>
      )}
    </Screen>
  );
}

function Line({ row }: { row: DueRow }) {
  const { t } = useTranslation('people');
  const money = useMoney();
  const { today } = useBook();
  const { customer } = row;
  return (
    <li className={styles.row}>
      <span>
        <Go to={`/customers/${customer.id}`}>{customer.name}</Go> <span className="quiet">{customer.salutation}</span>
      </span>
      <span className="quiet figures">{customer.phone}</span>
      <span className="figures">
        {t('due.late', { day: formatShortDay(row.due_on, today), n: formatCount(row.late_days) })}
        <span className="quiet">{` · ${t(row.is_declared ? 'due.declared' : 'due.shown', { n: formatCount(row.interval_days) })}${customer.last_on ? ` · ${t('due.last', { age: formatAge(customer.last_on, today) })}` : ''}`}</span>
      </span>
      <span className="figures">{money(customer.net_minor)}</span>
      <Button kind="plain" icon="counter" onClick={() => go(`/counter?customer=${customer.id}`)}>
        {t('due.counter')}
      </Button>
    </li>
  );
}
