// The receipt: what was bought, what was taken off, what was paid. On a roll of 58 or 80 mm, or on A4.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatDay, formatMoney, formatTime } from '@/shared/format/index.ts';
import { Lines, Pair, PrintDialog, Rule, SheetHead, type Paper } from '@/shared/print/index.ts';
import { useCounterRules, type SaleView } from './queries.ts';

export function ReceiptPrint({ sale, balance, onClose }: { sale: SaleView; balance?: number; onClose: () => void }) {
  const { t } = useTranslation('counter');
  const rules = useCounterRules();
  return (
    <PrintDialog title={t('print.title', { no: sale.row.sale_no })} kind="receipt" papers={['58', '80', 'A4', 'A5']} isReady={!rules.isPending} onClose={onClose}>
      {(paper) => <ReceiptSheet sale={sale} balance={balance} paper={paper} footer={rules.data?.receipt_footer ?? undefined} />}
    </PrintDialog>
  );
}

function ReceiptSheet({ sale, balance, paper, footer }: { sale: SaleView; balance: number | undefined; paper: Paper; footer: string | undefined }) {
  const { t } = useTranslation('counter');
  const { currency, zone } = useBook();
  const money = (minor: number) => formatMoney(minor, currency);
  const { row, lines } = sale;
  return (
    <>
      <SheetHead title={t('print.receipt')} note={`${formatDay(row.sold_on)} ${formatTime(row.sold_at, zone)}`} />
      <Pair paper={paper} left={t('print.no')} right={row.sale_no} />
      {row.customer_name && <Pair paper={paper} left={t('print.customer')} right={row.customer_name} />}
      <Pair paper={paper} left={t('print.staff')} right={sale.staff} />
      <Rule />
      {lines.map((line) => (
        <div key={line.line_no}>
          <Pair paper={paper} left={line.description} right={money(line.amount_minor)} />
          <Lines small>{[`${line.quantity} × ${money(line.unit_price_minor)}`, line.discount_minor > 0 && t('print.less', { amount: money(line.discount_minor) })].filter(Boolean).join('  ')}</Lines>
        </div>
      ))}
      {lines.length > 0 && <Rule />}
      {row.net_minor !== sale.gross_minor && <Pair paper={paper} left={t('print.gross')} right={money(sale.gross_minor)} />}
      {sale.offers.map((offer) => (
        <Pair key={offer.key} paper={paper} left={`${offer.name} ${offer.why}`} right={money(-offer.amount_minor)} />
      ))}
      {sale.discount_minor > 0 && <Pair paper={paper} left={t('print.discount')} right={money(-sale.discount_minor)} />}
      {sale.coupons.map((coupon) => (
        <Pair key={coupon.code} paper={paper} left={coupon.name} right={money(-coupon.amount_minor)} />
      ))}
      {sale.points && sale.points.worth_minor > 0 && <Pair paper={paper} left={t('print.points')} right={money(-sale.points.worth_minor)} />}
      <Pair paper={paper} left={t('print.paid')} right={money(row.net_minor)} strong />
      {row.payment && <Pair paper={paper} left={t('payment')} right={row.payment} />}
      {sale.refunds.map((refund) => (
        <Pair key={refund.id} paper={paper} left={t(refund.kind === 'void' ? 'print.void' : 'print.refund')} right={money(-refund.amount_minor)} />
      ))}
      {sale.points && (sale.points.redeemed > 0 || sale.points.earned > 0 || balance !== undefined) && (
        <>
          <Rule />
          {sale.points.redeemed > 0 && <Pair paper={paper} left={t('print.points_spent')} right={`−${formatCount(sale.points.redeemed)}`} />}
          {sale.points.earned > 0 && <Pair paper={paper} left={t('print.points_earned')} right={`+${formatCount(sale.points.earned)}`} />}
          {/* What is left holds at this moment; a later copy leaves it out. */}
          {balance !== undefined && <Pair paper={paper} left={t('print.points_left')} right={formatCount(balance)} />}
        </>
      )}
      {row.note && <Lines>{t('print.note', { text: row.note })}</Lines>}
      {sale.packaging && <Lines>{t('print.packaging', { text: sale.packaging })}</Lines>}
      <Rule />
      <Lines small center>
        {footer ?? t('print.thanks')}
      </Lines>
    </>
  );
}
