// 到期未购: whose own rhythm says that they should have been here. Nobody with an open complaint stands in it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { Go, go } from '@/shared/router.tsx';
import { PeopleList } from './PeopleList.tsx';
import { useDue, type DueRow } from './queries.ts';
import styles from './lists.module.css';

export default function Due() {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const [offset, setOffset] = useState(0);
  const { data, error } = useDue(offset);
  return (
    <Screen title={t('due.title')} note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}>
      <p className="quiet">{t('due.text')}</p>
      {data && data.spared > 0 && <Notice tone="info">{t('due.spared', { n: formatCount(data.spared) })}</Notice>}
      <PeopleList data={data} error={error} none={t('due.none')} offset={offset} onOffset={setOffset} renderRow={(row) => <Line key={row.customer.id} row={row} />} />
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
