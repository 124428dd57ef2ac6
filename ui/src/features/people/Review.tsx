// Customers to be looked after: profiles that lack something, and people who have not been here for long.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Go, go } from '@/shared/router.tsx';
import { PeopleList } from './PeopleList.tsx';
import { useIncomplete, useRetention, type ReviewRow } from './queries.ts';
import styles from './lists.module.css';

const lackings = ['phone', 'wechat', 'email', 'birthday', 'gender', 'salutation', 'company', 'persons', 'address', 'source', 'habits', 'consent'] as const;
const spans = ['12', '24', '36', '60'] as const;

export function Review({ what }: { what: 'incomplete' | 'retention' }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const [lacking, setLacking] = useState('');
  const [months, setMonths] = useState('36');
  const [offset, setOffset] = useState(0);
  const incomplete = useIncomplete(lacking, offset, what === 'incomplete');
  const retention = useRetention(Number(months), offset, what === 'retention');
  const { data, error } = what === 'incomplete' ? incomplete : retention;
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    setOffset(0);
  };
  return (
    <Screen
      title={t(`review.${what}`)}
      note={data && <span className="figures">{word('people', { n: formatCount(data.total) })}</span>}
      tools={
        what === 'incomplete' ? (
          <Pick label={t('review.lacks')} value={lacking} onChange={choose(setLacking)} options={[{ value: '', word: t('review.all') }, ...lackings.map((value) => ({ value, word: t(`missing.${value}`) }))]} />
        ) : (
          <Pick label={t('review.months')} value={months} onChange={choose(setMonths)} options={spans.map((value) => ({ value, word: t('review.n_months', { n: value }) }))} />
        )
      }
    >
      {what === 'retention' && (
        <p className="quiet">
          {t('review.retention_text')}
          {data && data.left_out > 0 && ` ${t('review.left_out', { n: formatCount(data.left_out) })}`}
        </p>
      )}
      <PeopleList data={data} error={error} none={t(`review.none_${what}`)} offset={offset} onOffset={setOffset} renderRow={(row) => <Line key={row.customer.id} row={row} what={what} />} />
    </Screen>
  );
}

function Line({ row, what }: { row: ReviewRow; what: 'incomplete' | 'retention' }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const { customer } = row;
  return (
    <li className={styles.row}>
      <span>
        <Go to={`/customers/${customer.id}`}>{customer.name}</Go> <span className="quiet">{customer.salutation}</span>
      </span>
      <span className="quiet figures">{customer.phone}</span>
      <span className="quiet">{what === 'incomplete' ? row.missing.map((key) => t(`missing.${key}`, { defaultValue: key })).join(t('missing.and')) : row.last_on ? formatAge(row.last_on, today) : word('no_visit')}</span>
      <span className="figures">{money(customer.net_minor)}</span>
      <Button kind="plain" icon="edit" onClick={() => go(what === 'incomplete' ? `/customers/${customer.id}/edit` : `/customers/${customer.id}`)}>
        {what === 'incomplete' ? t('review.fill') : customer.name}
      </Button>
    </li>
  );
}
