// One sale: its lines, what was taken off and why, both days where they differ, every refund; and what can still be
// done about it: refund, take back, print again.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatDay, formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice, Refused } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { useSale, useVoid, type SaleId, type SaleView } from './queries.ts';
import { ReceiptPrint } from './ReceiptPrint.tsx';
import { RefundDialog } from './RefundDialog.tsx';
import styles from './sales.module.css';

export function SaleDetail({ id }: { id: SaleId }) {
  const { t } = useTranslation('counter');
  const sale = useSale(id);
  const [doing, setDoing] = useState<'print' | 'refund' | 'void'>();
  const close = () => setDoing(undefined);
  const canRefund = sale.data !== undefined && sale.data.row.refunded_minor < sale.data.row.net_minor;
  // What a coupon or points paid whole has no money to give back, and can still be taken back once.
  const canVoid = canRefund || (sale.data !== undefined && sale.data.row.net_minor === 0 && sale.data.refunds.length === 0);
  useKey('F7', () => setDoing('refund'), canRefund && doing === undefined);
  useKey('Shift+F7', () => setDoing('void'), canVoid && doing === undefined);
  useKey('Ctrl+P', () => setDoing('print'), sale.data !== undefined && doing === undefined);
  if (sale.error) return <ErrorState message={sale.error.message} />;
  if (!sale.data) return <LoadingState />;
  const view = sale.data;
  return (
    <Screen
      title={t('sale.title', { no: view.row.sale_no })}
      note={formatDay(view.row.sold_on)}
      actions={
        <>
          <Button icon="close" hint="Shift+F7" disabled={!canVoid || undefined} onClick={() => setDoing('void')}>
            {t('void.action')}
          </Button>
          <Button icon="refund" hint="F7" disabled={!canRefund || undefined} onClick={() => setDoing('refund')}>
            {t('sale.refund')}
          </Button>
          <Button kind="main" icon="print" hint="Ctrl+P" onClick={() => setDoing('print')}>
            {t('receipt.print')}
          </Button>
        </>
      }
    >
      <div className={styles.detail}>
        <LinesCard view={view} />
        <FactsCard view={view} />
      </div>
      {doing === 'print' && <ReceiptPrint sale={view} onClose={close} />}
      {doing === 'refund' && <RefundDialog sale={view.row} onClose={close} />}
      {doing === 'void' && <VoidDialog view={view} onClose={close} />}
    </Screen>
  );
}

function LinesCard({ view }: { view: SaleView }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { zone, today } = useBook();
  const sum = (word: string, minor: number, strong = false) => (
    <div className={styles.sumRow} data-strong={strong || undefined}>
      <span>{word}</span>
      <span className="figures">{money(minor)}</span>
    </div>
  );
  return (
    <Card title={t('sale.lines')} flush>
      {view.lines.map((line) => (
        <div key={line.line_no} className={styles.lineRow}>
          <span className={styles.cut}>{line.description}</span>
          <span className="quiet figures">
            {line.quantity} × {money(line.unit_price_minor)}
            {line.discount_minor > 0 && ` − ${money(line.discount_minor)}`}
          </span>
          <span className="figures">{money(line.amount_minor)}</span>
          {line.returned !== '' && <span className={styles.returned}>{t('sale.returned', { n: line.returned })}</span>}
        </div>
      ))}
      {view.row.net_minor !== view.gross_minor && sum(t('print.gross'), view.gross_minor)}
      {view.offers.map((offer) => (
        <div key={offer.key} className={styles.sumRow}>
          <span>
            {offer.name} <span className="quiet small">{offer.why}</span>
          </span>
          <span className="figures">{money(-offer.amount_minor)}</span>
        </div>
      ))}
      {view.discount_minor > 0 && sum(t('print.discount'), -view.discount_minor)}
      {view.coupons.map((coupon) => (
        <div key={coupon.code} className={styles.sumRow}>
          <span>
            {coupon.name} <span className="quiet small">{coupon.code}</span>
          </span>
          <span className="figures">{money(-coupon.amount_minor)}</span>
        </div>
      ))}
      {view.points && view.points.worth_minor > 0 && sum(t('print.points'), -view.points.worth_minor)}
      {sum(t('print.paid'), view.row.net_minor, true)}
      {view.refunds.map((refund) => (
        <div key={refund.id} className={styles.sumRow} data-late>
          <span>{[t(refund.kind === 'void' ? 'print.void' : 'print.refund'), formatInstant(refund.refunded_at, zone, today), refund.reason].filter(Boolean).join(' · ')}</span>
          <span className="figures">{money(-refund.amount_minor)}</span>
        </div>
      ))}
    </Card>
  );
}

function FactsCard({ view }: { view: SaleView }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { zone, today } = useBook();
  const { row } = view;
  const rows = [
    [t('print.customer'), row.customer_id ? <Go to={`/customers/${row.customer_id}`}>{row.customer_name}</Go> : t('walk_in')],
    [t('print.staff'), view.staff],
    [t('payment'), row.payment],
    [t('extras.reason'), view.discount_reason],
    [t('note'), row.note],
    [t('extras.scene'), view.scene && t(`extras.scenes.${view.scene}`)],
    [t('extras.packaging'), view.packaging],
    [t('extras.delivery'), view.delivery_cost_minor == null ? null : money(view.delivery_cost_minor)],
    [t('sale.recorded'), formatInstant(view.recorded_at, zone, today)],
    ...view.approvals.map((given) => [t('sale.approved'), t('sale.approved_by', { who: given.approved_by, asker: given.asked_by, what: given.what, reason: given.reason })] as const),
    [t('extras.sold_on'), view.backdate_note && `${formatShortDay(row.sold_on, today)} · ${view.backdate_note}`],
  ] as const;
  return (
    <Card title={t('sale.facts')}>
      <Facts rows={rows.filter(([, value]) => value != null && value !== '')} />
    </Card>
  );
}

function VoidDialog({ view, onClose }: { view: SaleView; onClose: () => void }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const take = useVoid();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!take.isPending) take.mutate({ client_key: key.current, sale_id: view.row.id, reason }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('void.title', { no: view.row.sale_no })} onClose={onClose}>
      <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <p>{t('void.what', { amount: money(view.row.net_minor - view.row.refunded_minor), n: view.lines.length })}</p>
        {!view.is_own_today && <Notice tone="soon">{t('void.other')}</Notice>}
        <TextField label={t('refund.reason')} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('void.reason_example')} error={take.error?.of('reason')} />
        <Refused error={take.error} />
        <div className={styles.buttons}>
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="danger" type="submit" busy={take.isPending}>
            {t('void.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
