// Giving money back on a sale: never beyond what is left of it, with a reason, as a new entry.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatMoney, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { asMinor, useRefund, type Sale } from './queries.ts';
import styles from './counter.module.css';

export function RefundDialog({ sale, onClose }: { sale: Sale; onClose: () => void }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const left = sale.net_minor - sale.refunded_minor;
  const [text, setText] = useState(plainAmount(left, currency.exponent));
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const refund = useRefund();
  const minor = parseAmount(text, currency.exponent);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (minor === undefined || refund.isPending) return;
    refund.mutate({ client_key: key.current, sale_id: sale.id, amount_minor: asMinor(minor), lines: [], reason: reason.trim() || null }, { onSuccess: onClose });
  };
  const problem = minor === undefined ? t('amount_unreadable') : refund.error?.of('amount_minor');
  return (
    <Dialog title={t('refund.title', { no: sale.sale_no })} onClose={onClose}>
      <form className={styles.till} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <p className="quiet">{t('refund.left', { amount: formatMoney(left, currency), who: sale.customer_name ?? t('walk_in') })}</p>
        <Field label={t('refund.amount')} error={problem}>
          {(ids) => <AmountInput id={ids.id} label={t('refund.amount')} value={text} onChange={setText} symbol={sign} invalid={problem !== undefined} describedBy={ids['aria-describedby']} />}
        </Field>
        <TextField label={t('refund.reason')} optional value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('refund.reason_example')} error={refund.error?.of('reason')} />
        {refund.error && refund.error.fields.length === 0 && <Notice tone="late">{refund.error.message}</Notice>}
        <div className={styles.buttons}>
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="danger" type="submit" icon="refund" busy={refund.isPending} disabled={minor === undefined || undefined}>
            {t('refund.confirm', { amount: minor === undefined ? '' : formatMoney(minor, currency) })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
