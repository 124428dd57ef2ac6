// Sales under each other, each with its refund behind a quiet button.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatShortDay, formatTime } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Go } from '@/shared/router.tsx';
import type { Sale } from './queries.ts';
import { RefundDialog } from './RefundDialog.tsx';
import styles from './counter.module.css';

export function SaleLines({ sales, named = false }: { sales: readonly Sale[]; named?: boolean }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { zone, today } = useBook();
  const [refunding, setRefunding] = useState<Sale>();
  return (
    <>
      <ul className={styles.sales}>
        {sales.map((sale) => (
          <li key={sale.id} className={styles.sale} data-named={named || undefined}>
            <span className="quiet figures">
              <Go to={`/counter/sales/${sale.id}`}>{sale.sold_on === today ? formatTime(sale.sold_at, zone) : formatShortDay(sale.sold_on, today)}</Go>
            </span>
            {named && (
              <span className={styles.cut}>
                {sale.customer_id ? <Go to={`/customers/${sale.customer_id}`}>{sale.customer_name}</Go> : <span className="quiet">{t('walk_in')}</span>}
              </span>
            )}
            <span className={styles.cut}>{sale.items || sale.note || sale.sale_no}</span>
            <span className={`${styles.amount} figures`}>
              {money(sale.net_minor)}
              {sale.refunded_minor > 0 && <span className={styles.refunded}>{t('refunded', { amount: money(sale.refunded_minor) })}</span>}
            </span>
            <Button kind="plain" icon="refund" aria-label={t('refund.action', { no: sale.sale_no })} title={t('refund.action', { no: sale.sale_no })} disabled={sale.refunded_minor >= sale.net_minor} onClick={() => setRefunding(sale)} />
          </li>
        ))}
      </ul>
      {refunding && <RefundDialog sale={refunding} onClose={() => setRefunding(undefined)} />}
    </>
  );
}
