// Selling a pack: whose, which kind, how it is paid. It is a sale like any other and stands in the book as one, so what the
// customer gets off is shown before the money is taken, as at the counter.
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { CustomerPick, type Chosen } from '@/shared/customer/CustomerPick.tsx';
import { isComposing } from '@/shared/hooks/keys.ts';
import { useQuote } from '@/shared/offers/quote.ts';
import { SaleOffers } from '@/shared/offers/SaleOffers.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { EmptyState, Notice, Refused } from '@/shared/parts/States.tsx';
import { useSell, type Kind, type NewSale } from './queries.ts';
import styles from './packs.module.css';

const payments = ['wechat', 'alipay', 'cash', 'card'] as const;

interface Props {
  kinds: readonly Kind[];
  customer: Chosen | undefined;
  onKinds: () => void;
  onClose: () => void;
  onSold: (words: string) => void;
}

export function SellDialog({ kinds, customer, onKinds, onClose, onSold }: Props) {
  const { t } = useTranslation('packs');
  const { t: counter } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const [who, setWho] = useState<Chosen | null>(customer ?? null);
  const [kindId, setKind] = useState(String(kinds[0]?.product_id ?? ''));
  const [number, setNumber] = useState('1');
  const [payment, setPayment] = useState<(typeof payments)[number]>('wechat');
  const [declined, setDeclined] = useState<string[]>([]);
  const [wasTried, setTried] = useState(false);
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const count = useRef<HTMLInputElement>(null);
  const sell = useSell();
  const kind = kinds.find((each) => String(each.product_id) === kindId);
  const sale: NewSale = {
    customer_id: who?.id ?? null,
    lines: kind ? [{ product_id: kind.product_id, quantity: number.trim() || '0' }] : [],
    payment: counter(`payments.${payment}`),
    coupon_codes: [],
    declined,
  };
  const quote = useQuote(sale, kind !== undefined && who !== null);
  const quoted = quote.error || who === null ? undefined : quote.data;
  // An answer about another person or number is shown until the next one comes, but nobody pays by it.
  const net = quoted && !quote.isPlaceholderData ? quoted.net_minor : null;
  if (!kind)
    return (
      <Dialog title={t('sell')} onClose={onClose}>
        <EmptyState title={t('no_kind')} text={t('no_kind_text')}>
          <Button kind="main" icon="plus" onClick={onKinds}>
            {t('kinds')}
          </Button>
        </EmptyState>
      </Dialog>
    );
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (who === null || sell.isPending) return;
    sell.mutate({ ...sale, client_key: key.current, expected_net_minor: net }, { onSuccess: (receipt) => onSold(t('sold', { name: who.name, pack: kind.name, amount: money(receipt.sale.row.net_minor), no: receipt.sale.row.sale_no })) });
  };
  // Who and how many are all that is typed: from either, Enter takes the money.
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event) || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const choose = (chosen: Chosen | null) => {
    setWho(chosen);
    if (chosen) count.current?.focus();
  };
  const { error } = sell;
  const due = net ?? (who === null ? kind.price_minor : null);
  const others = error?.fields.filter((each) => each.field !== 'customer_id' && !each.field.startsWith('lines.0')) ?? [];
  return (
    <Dialog
      title={t('sell')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" hint="Enter" busy={sell.isPending} onClick={() => form.current?.requestSubmit()}>
            {due == null ? t('sell') : t('take', { amount: money(due) })}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send} onKeyDown={sendOnEnter}>
        <CustomerPick label={t('owner')} required autoFocus={!customer} value={who} onChange={choose} error={(wasTried && who === null ? t('whose') : undefined) ?? error?.of('customer_id')} />
        <Field label={t('pack')} help={t('kind', { n: kind.sessions, days: kind.valid_days == null ? t('no_end') : t('days', { n: kind.valid_days }) })}>
          {(ids) => <Pick id={ids.id} field label={t('pack')} value={kindId} onChange={setKind} options={kinds.map((each) => ({ value: String(each.product_id), word: each.name, note: each.price_minor == null ? undefined : money(each.price_minor) }))} />}
        </Field>
        <TextField label={t('number')} inputRef={count} inputMode="numeric" value={number} onChange={(event) => setNumber(event.target.value)} error={error?.of('lines.0.quantity')} data-autofocus={customer ? true : undefined} />
        <Choice label={counter('payment')} value={payment} onChange={setPayment} options={payments.map((value) => ({ value, word: counter(`payments.${value}`) }))} />
        {quoted && <SaleOffers quote={quoted} declined={declined} onChange={setDeclined} />}
        <Refused error={error} />
        {others.map((other) => (
          <Notice key={other.field} tone="late">
            {other.message}
          </Notice>
        ))}
      </form>
    </Dialog>
  );
}
