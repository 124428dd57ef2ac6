// All sales: by day, by number, by amount, by customer; with the figures of the day on top. Arrow keys walk, Enter opens one.
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatInstant, parseAmount } from '@/shared/format/index.ts';
import { useRowKeys } from '@/shared/hooks/row-keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { go, settle, usePlace } from '@/shared/router.tsx';
import { CustomerFilter } from './CustomerFilter.tsx';
import { asMinor, useDay, useSales, type CustomerId, type SaleFilter } from './queries.ts';
import styles from './sales.module.css';

const PAGE = 50;
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

export function SalesList() {
  const { t } = useTranslation('counter');
  const { today, currency } = useBook();
  const { query } = usePlace();
  const [text, setText] = useState(query.get('text') ?? '');
  const from = query.get('from') ?? today;
  const to = query.get('to') ?? today;
  const page = Number(query.get('page') ?? 0);
  const change = (next: Record<string, string>) => {
    const all = new URLSearchParams(query);
    all.delete('page');
    for (const [key, value] of Object.entries(next)) {
      if (value === '') all.delete(key);
      else all.set(key, value);
    }
    settle(`/counter/sales?${all.toString()}`);
  };

  const asked = useDeferredValue(text.trim());
  const isNumber = /^s\d/i.test(asked);
  const minor = asked !== '' && !isNumber ? parseAmount(asked, currency.exponent) : undefined;
  const customer = query.get('customer');
  const filter: SaleFilter = {
    sale_no: isNumber ? asked : null,
    net_minor: minor === undefined ? null : asMinor(minor),
    customer_id: customer ? (Number(customer) as CustomerId) : null,
    // A number says its day itself, and a customer is meant with all of theirs.
    from_on: isNumber || customer ? null : ((isDay(from) ? from : today) as SaleFilter['from_on']),
    to_on: isNumber || customer ? null : ((isDay(to) ? to : today) as SaleFilter['to_on']),
    offset: page * PAGE,
    limit: PAGE,
  };
  const sales = useSales(filter);
  const isUnread = asked !== '' && !isNumber && minor === undefined;
  return (
    <Screen
      title={t('sales.title')}
      tools={
        <>
          <input className={styles.field} value={text} autoFocus aria-label={t('sales.find')} placeholder={t('sales.find')} autoComplete="off" spellCheck={false} onChange={(event) => setText(event.target.value)} />
          <CustomerFilter customer={customer ? Number(customer) : undefined} onCustomer={(id) => change({ customer: id === undefined ? '' : String(id) })} />
          <DayField label={t('sales.from')} value={from} onDay={(day) => change({ from: day })} />
          <DayField label={t('sales.to')} value={to} onDay={(day) => change({ to: day })} />
          <Button onClick={() => change({ from: today, to: today })}>{t('sales.today')}</Button>
        </>
      }
    >
      {from === to && isDay(from) && !customer && <DayCard on={from} />}
      {isUnread && <p className="quiet">{t('sales.unread')}</p>}
      {sales.error ? <ErrorState message={sales.error.message} /> : sales.data ? <Rows data={sales.data} page={page} onPage={(next) => change({ page: String(next) })} /> : <LoadingState />}
    </Screen>
  );
}

function DayField({ label, value, onDay }: { label: string; value: string; onDay: (day: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  return (
    <label className={styles.day}>
      <span className="quiet">{label}</span>
      <input
        className={`${styles.field} figures`}
        value={text}
        aria-invalid={!isDay(text) || undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          if (isDay(event.target.value)) onDay(event.target.value);
        }}
      />
    </label>
  );
}

function DayCard({ on }: { on: string }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { data } = useDay(on);
  if (!data) return null;
  return (
    <Card>
      <div className={styles.figures}>
        <Figure word={t('day.net')} note={data.refunded_minor > 0 ? t('day.refunded', { amount: money(data.refunded_minor) }) : undefined} large>
          {money(data.net_minor)}
        </Figure>
        <Figure word={t('day.orders')} note={t('day.customers', { n: formatCount(data.customers) })}>
          {word('orders', { n: formatCount(data.orders) })}
        </Figure>
        <Figure word={t('day.average')}>{data.average_minor == null ? '—' : money(data.average_minor)}</Figure>
        <Figure word={t('day.discount')}>{money(data.discount_minor)}</Figure>
        {data.payments.map((way) => (
          <Figure key={way.payment} word={way.payment || t('day.unsaid')} note={word('orders', { n: formatCount(way.orders) })}>
            {money(way.sold_minor)}
          </Figure>
        ))}
      </div>
    </Card>
  );
}

function Rows({ data, page, onPage }: { data: NonNullable<ReturnType<typeof useSales>['data']>; page: number; onPage: (page: number) => void }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { zone, today } = useBook();
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  if (data.total === 0) return <EmptyState title={t('sales.none')} />;
  const pages = Math.ceil(data.total / PAGE);
  return (
    <Card title={word('orders', { n: formatCount(data.total) })} side={<span className="figures">{money(data.net_minor)}</span>} flush>
      <ul ref={list} className={styles.rows}>
        {data.rows.map((sale) => (
          <li key={sale.id}>
            <button type="button" className={styles.row} onClick={() => go(`/counter/sales/${sale.id}`)}>
              <span className="figures">{sale.sale_no}</span>
              <span className="quiet figures">{formatInstant(sale.sold_at, zone, today)}</span>
              <span className={styles.cut}>{sale.customer_name ?? t('walk_in')}</span>
              <span className={`${styles.cut} quiet`}>{sale.items || sale.note}</span>
              <span className="quiet">{sale.payment}</span>
              <span className={`${styles.amount} figures`}>
                {money(sale.net_minor)}
                {sale.refunded_minor > 0 && <span className={styles.returned}>{t('refunded', { amount: money(sale.refunded_minor) })}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <div className={styles.pages}>
          <Button kind="plain" icon="back" disabled={page === 0 || undefined} onClick={() => onPage(page - 1)}>
            {t('sales.newer')}
          </Button>
          <span className="figures">
            {page + 1} / {pages}
          </span>
          <Button kind="plain" icon="next" disabled={page + 1 >= pages || undefined} onClick={() => onPage(page + 1)}>
            {t('sales.older')}
          </Button>
        </div>
      )}
    </Card>
  );
}
