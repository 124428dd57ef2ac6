// Coupons on paper: each with its code and the same as a QR code. A roll prints one below the other, an A4 sheet two beside
// each other to be cut.
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/backend/index.ts';
import { useBook } from '../book.tsx';
import { Lines, PrintDialog, Qr, Ticket, Tickets } from '../print/index.ts';
import type { Coupon } from './held.ts';

export function CouponSheet({ coupons, total = coupons.length, onClose }: { coupons: readonly Coupon[]; total?: number; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { shopName } = useBook();
  const codes = useQueries({ queries: coupons.map(({ code }) => ({ queryKey: ['qr_code', { text: code }], queryFn: () => call('qr_code', { text: code }) })) });
  return (
    <PrintDialog title={t('print_n', { n: coupons.length })} kind="coupon" papers={['58', '80', 'A4']} isReady={codes.every((code) => code.data !== undefined)} onClose={onClose}>
      {(paper) => (
        <>
          <Tickets paper={paper}>
            {coupons.map((coupon, n) => {
              const rows = codes[n]?.data?.rows;
              return (
                <Ticket key={coupon.id} title={coupon.name} shop={shopName}>
                  <Lines center strong>
                    {coupon.text}
                  </Lines>
                  {rows && <Qr rows={rows} label={t('qr')} />}
                  <Lines center strong>
                    {coupon.code}
                  </Lines>
                  <Lines center small>
                    {t('sheet.days', { from: coupon.from_on, until: coupon.until_on })}
                  </Lines>
                  <Lines center small>
                    {coupon.customer_name ? t('sheet.of', { name: coupon.customer_name }) : t('sheet.anybody')}
                  </Lines>
                </Ticket>
              );
            })}
          </Tickets>
          {total > coupons.length && (
            <Lines small center>
              {t('sheet.first', { n: coupons.length, of: total })}
            </Lines>
          )}
        </>
      )}
    </PrintDialog>
  );
}
