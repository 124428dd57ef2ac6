// A price agreed with one customer: how much, until when, why. It is used from the next line on and stands on the
// customer's list; who agrees is written down as its approver.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { formatShortDay, parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import type { LineForm } from './form.ts';
import { asMinor, useAgree, useEndPrice, usePrices, type NewSale, type Profile } from './queries.ts';
import styles from './till.module.css';

export function AgreePrice({ customer, line, onClose }: { customer: Profile['row']; line: LineForm; onClose: () => void }) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const { currency, today } = useBook();
  const sign = useCurrencySign();
  const [price, setPrice] = useState(line.price);
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const key = useRef(newClientKey());
  const agree = useAgree();
  const minor = parseAmount(price, currency.exponent);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (minor === undefined || line.productId === undefined || agree.isPending) return;
    agree.mutate({ client_key: key.current, customer_id: customer.id, product_id: line.productId, price_minor: asMinor(minor), until_on: (until.trim() || null) as NewSale['sold_on'], note: note.trim() || null }, { onSuccess: onClose });
  };
  const problem = minor === undefined && price !== '' ? t('amount_unreadable') : agree.error?.of('price_minor');
  return (
    <Dialog title={t('prices.title', { who: customer.salutation ?? customer.name, what: line.name })} onClose={onClose}>
      <form className={styles.till} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <Field label={t('prices.price')} error={problem}>
          {(ids) => <AmountInput id={ids.id} label={t('prices.price')} value={price} onChange={setPrice} symbol={sign} invalid={problem !== undefined} describedBy={ids['aria-describedby']} />}
        </Field>
        <TextField label={t('prices.until')} optional value={until} placeholder={`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`} onChange={(event) => setUntil(event.target.value)} error={agree.error?.of('until_on')} />
        <TextField label={t('prices.note')} optional value={note} placeholder={t('prices.note_example')} onChange={(event) => setNote(event.target.value)} error={agree.error?.of('note')} />
        <Refused error={agree.error} />
        <div className={styles.buttons}>
          <Button onClick={onClose} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="main" type="submit" busy={agree.isPending} disabled={minor === undefined || undefined}>
            {t('prices.agree')}
          </Button>
        </div>
      </form>
      <AgreedList customer={customer} today={today} />
    </Dialog>
  );
}

function AgreedList({ customer, today }: { customer: Profile['row']; today: string }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const prices = usePrices(customer.id);
  const end = useEndPrice();
  const rows = prices.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className={styles.agreedList} aria-label={t('prices.list')}>
      {rows.map((row) => (
        <li key={row.id} className={styles.agreedRow}>
          <span className={styles.cut}>{row.product}</span>
          <span className="figures">{money(row.price_minor)}</span>
          <span className="quiet small">{[row.until_on ? t('prices.until_day', { day: formatShortDay(row.until_on, today) }) : t('prices.open'), t('prices.by', { who: row.approved_by })].join(' · ')}</span>
          <Button kind="plain" onClick={() => end.mutate({ client_key: newClientKey(), id: row.id })}>
            {t('prices.end')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
