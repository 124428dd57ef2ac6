// Coupons on paper: each with its code and the same as a QR code. A roll prints one below the other, an A4 sheet two beside
// each other to be cut. A batch is fetched as it is printed, however many there are.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '@/backend/index.ts';
import { useBook } from '../book.tsx';
import { Lines, LongPrint, PrintDialog, Qr, Ticket, Tickets, type Paper } from '../print/index.ts';
import { useQr, type Coupon } from './held.ts';

interface Drawn {
  coupon: Coupon;
  rows: readonly string[];
}

const PAPERS: readonly Paper[] = ['58', '80', 'A4'];
/** So many codes are fetched at once. */
const PAGE = 100;

const withCode = async (coupon: Coupon): Promise<Drawn> => ({ coupon, rows: (await call('qr_code', { text: coupon.code })).rows });

/** One coupon. */
export function CouponSheet({ coupon, onClose }: { coupon: Coupon; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { data } = useQr(coupon.code);
  return (
    <PrintDialog title={t('print_n', { n: 1 })} kind="coupon" papers={PAPERS} isReady={data !== undefined} onClose={onClose}>
      {(paper) => data && <CouponTickets paper={paper} coupons={[{ coupon, rows: data.rows }]} />}
    </PrintDialog>
  );
}

/** All of a batch that can be used. */
export function CouponBatchSheet({ batch, total, onClose }: { batch: NonNullable<Parameters<typeof call<'coupon_list'>>[1]['batch_id']>; total: number; onClose: () => void }) {
  const { t } = useTranslation('offers');
  // A coupon that is used while this prints must not move the next page: each page begins behind the last one of before.
  const last = useRef(new Map<number, Coupon['id']>());
  const load = async (offset: number, limit: number) => {
    const after = last.current.get(offset);
    const { rows } = await call('coupon_list', { batch_id: batch, only_unused: true, after_id: after ?? null, offset: after === undefined ? offset : 0, limit });
    const end = rows.at(-1);
    if (end) last.current.set(offset + limit, end.id);
    return Promise.all(rows.map(withCode));
  };
  return (
    <LongPrint title={t('print_all')} kind="coupon" papers={PAPERS} total={total} page={PAGE} load={load} onClose={onClose}>
      {(paper, coupons) => <CouponTickets paper={paper} coupons={coupons} />}
    </LongPrint>
  );
}

function CouponTickets({ paper, coupons }: { paper: Paper; coupons: readonly Drawn[] }) {
  const { t } = useTranslation('offers');
  const { shopName } = useBook();
  return (
    <Tickets paper={paper}>
      {coupons.map(({ coupon, rows }) => (
        <Ticket key={coupon.id} title={coupon.name} shop={shopName}>
          <Lines center strong>
            {coupon.text}
          </Lines>
          <Qr rows={rows} label={t('qr')} />
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
      ))}
    </Tickets>
  );
}
