// Unused coupons whose last day is near: whose they are, to be reminded of or printed once more.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { CouponSheet } from '@/shared/offers/CouponSheet.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { CouponRows } from './CouponRows.tsx';
import { SOON_DAYS, useCodes, type Coupon } from './queries.ts';

export function ExpiringDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { data, error } = useCodes({ expiring_days: SOON_DAYS, only_unused: true, offset: 0 });
  const [printing, setPrinting] = useState<Coupon>();
  if (printing) return <CouponSheet coupon={printing} onClose={() => setPrinting(undefined)} />;
  return (
    <Dialog wide title={t('expiring_list')} onClose={onClose}>
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.total > data.rows.length && <p className="quiet">{t('first', { n: data.rows.length, of: formatCount(data.total) })}</p>}
      {data && <CouponRows rows={data.rows} onPrint={setPrinting} />}
    </Dialog>
  );
}
