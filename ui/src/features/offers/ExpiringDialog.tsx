// Unused coupons whose last day is near: whose they are, to be reminded of or printed once more.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CouponSheet } from '@/shared/offers/CouponSheet.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { CouponList } from './CouponRows.tsx';
import { SOON_DAYS, type Coupon } from './queries.ts';

export function ExpiringDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('offers');
  const [printing, setPrinting] = useState<Coupon>();
  if (printing) return <CouponSheet coupon={printing} onClose={() => setPrinting(undefined)} />;
  return (
    <Dialog wide title={t('expiring_list')} onClose={onClose}>
      <CouponList filter={{ expiring_days: SOON_DAYS, only_unused: true }} onPrint={setPrinting} />
    </Dialog>
  );
}
