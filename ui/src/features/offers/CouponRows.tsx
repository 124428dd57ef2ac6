// Codes with whose each is, how it stands and what can be done with it; a long list comes in pages.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import styles from './offers.module.css';
import { SHOWN, useCodes, type Coupon, type Filter } from './queries.ts';

interface Deeds {
  onPrint: (coupon: Coupon) => void;
  onVoid?: (coupon: Coupon) => void;
}

/** All codes that a filter means, a page at a time. `none` is said when there are none. */
export function CouponList({ filter, none, ...deeds }: Deeds & { filter: Omit<Filter, 'offset'>; none?: string }) {
  const { t } = useTranslation('offers');
  const [from, setFrom] = useState(0);
  const { data, error } = useCodes({ ...filter, offset: from });
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  if (data.total === 0) return <p className="quiet">{none}</p>;
  const to = from + data.rows.length;
  return (
    <>
      <CouponRows rows={data.rows} {...deeds} />
      {data.total > SHOWN && (
        <div className={styles.pages}>
          <Button icon="up" disabled={from === 0 || undefined} onClick={() => setFrom(Math.max(0, from - SHOWN))}>
            {t('page_before')}
          </Button>
          <span className="quiet figures" role="status">
            {t('page', { from: formatCount(Math.min(from + 1, to)), to: formatCount(to), of: formatCount(data.total) })}
          </span>
          <Button icon="down" disabled={to >= data.total || undefined} onClick={() => setFrom(to)}>
            {t('page_after')}
          </Button>
        </div>
      )}
    </>
  );
}

function CouponRows({ rows, onPrint, onVoid }: Deeds & { rows: readonly Coupon[] }) {
  const { t } = useTranslation('offers');
  const { today } = useBook();
  return (
    <table className={styles.table}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="figures selectable">{row.code}</td>
            <td>{row.customer_id === null ? <span className="quiet">{t('anybody')}</span> : <Go to={`/customers/${row.customer_id}`}>{row.customer_name}</Go>}</td>
            <td>
              {t(`state.${row.state}`)} <span className="quiet figures">{row.sale_no}</span>
            </td>
            <td className="quiet figures">{formatShortDay(row.until_on, today)}</td>
            <td className={styles.acts}>
              {row.state === 'unused' && (
                <>
                  <Button kind="plain" icon="print" aria-label={t('print')} title={t('print')} onClick={() => onPrint(row)} />
                  {onVoid && <Button kind="plain" icon="close" aria-label={t('void')} title={t('void')} onClick={() => onVoid(row)} />}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
