// The day so far, for the quiet moments between two customers.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { useSalesOf } from './queries.ts';
import { SaleLines } from './SaleLines.tsx';
import styles from './counter.module.css';

export function TodaySales() {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const money = useMoney();
  const { data } = useSalesOf(today);
  if (!data) return null;
  return (
    <Card title={t('today')} side={<span className="figures">{t('today_sum', { orders: word('orders', { n: data.total }), amount: money(data.net_minor) })}</span>} flush>
      {data.rows.length === 0 ? <p className={styles.none}>{t('today_none')}</p> : <SaleLines sales={data.rows} named />}
    </Card>
  );
}
