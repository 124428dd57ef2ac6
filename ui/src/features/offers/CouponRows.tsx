// Codes with whose each is, how it stands and what can be done with it.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Go } from '@/shared/router.tsx';
import styles from './offers.module.css';
import type { Coupon } from './queries.ts';

export function CouponRows({ rows, onPrint, onVoid }: { rows: readonly Coupon[]; onPrint: (coupon: Coupon) => void; onVoid?: (coupon: Coupon) => void }) {
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
