// Giving money back on a sale: by what comes back, or by an amount; never beyond the sale, with a reason, as a new
// entry. What it amounts to stands on the button before it is pressed.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatMoney, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { asMinor, useRefund, useRefundPreview, useSale, type Sale } from './queries.ts';
import styles from './till.module.css';

export function RefundDialog({ sale, onClose }: { sale: Sale; onClose: () => void }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const left = sale.net_minor - sale.refunded_minor;
  const [by, setBy] = useState<'amount' | 'lines'>('amount');
  const [text, setText] = useState(plainAmount(left, currency.exponent));
  const [back, setBack] = useState<Record<number, string>>({});
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const refund = useRefund();
  const view = useSale(sale.id);
  const minor = parseAmount(text, currency.exponent);
  const returnable = (view.data?.lines ?? []).filter((line) => line.returnable !== '');
  const asked = returnable.filter((line) => (back[line.line_no] ?? '').trim() !== '').map((line) => ({ line_no: line.line_no, quantity: (back[line.line_no] ?? '').trim() }));
  const input = by === 'lines' ? { sale_id: sale.id, lines: asked } : { sale_id: sale.id, amount_minor: minor === undefined ? null : asMinor(minor), lines: [] };
  const isAsked = by === 'lines' ? asked.length > 0 : minor !== undefined;
  const preview = useRefundPreview(input, isAsked);
  const shown = isAsked && !preview.error ? preview.data?.amount_minor : undefined;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isAsked || refund.isPending) return;
    refund.mutate({ ...input, client_key: key.current, reason: reason.trim() || null }, { onSuccess: onClose });
  };
  const error = refund.error ?? (isAsked ? preview.error : null);
  const problem = minor === undefined ? t('amount_unreadable') : error?.of('amount_minor');
  return (
    <Dialog title={t('refund.title', { no: sale.sale_no })} onClose={onClose}>
      <form className={styles.till} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <p className="quiet">{t('refund.left', { amount: formatMoney(left, currency), who: sale.customer_name ?? t('walk_in') })}</p>
        {returnable.length > 0 && (
          <Choice label={t('refund.by')} value={by} onChange={setBy} options={[{ value: 'amount', word: t('refund.by_amount') }, { value: 'lines', word: t('refund.by_lines') }]} />
        )}
        {by === 'amount' ? (
          <Field label={t('refund.amount')} error={problem}>
            {(ids) => <AmountInput id={ids.id} label={t('refund.amount')} value={text} onChange={setText} symbol={sign} invalid={problem !== undefined} describedBy={ids['aria-describedby']} />}
          </Field>
        ) : (
          returnable.map((line) => {
            const n = asked.findIndex((each) => each.line_no === line.line_no);
            return <TextField key={line.line_no} label={t('refund.line', { what: line.description, n: line.returnable })} optional inputMode="decimal" value={back[line.line_no] ?? ''} onChange={(event) => setBack((before) => ({ ...before, [line.line_no]: event.target.value }))} error={n < 0 ? undefined : error?.of(`lines.${n}.quantity`)} />;
          })
        )}
        <TextField label={t('refund.reason')} optional value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('refund.reason_example')} error={error?.of('reason')} />
        <Refused error={error} />
        <div className={styles.buttons}>
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="danger" type="submit" icon="refund" busy={refund.isPending} disabled={!isAsked || undefined}>
            {t('refund.confirm', { amount: shown === undefined ? '' : formatMoney(shown, currency) })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
