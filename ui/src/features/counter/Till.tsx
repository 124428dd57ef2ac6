// The till: an amount and Enter. The same form sent twice is one sale; the text stays when it is refused.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatMoney, parseAmount } from '@/shared/format/index.ts';
import { isComposing } from '@/shared/hooks/keys.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { asMinor, useSell, type Profile, type Receipt } from './queries.ts';
import styles from './counter.module.css';

const payments = ['wechat', 'alipay', 'cash', 'card'] as const;
type Payment = (typeof payments)[number];

interface Props {
  customer: Profile['row'] | undefined;
  /** The customer is chosen and not there yet: a sale now would be a passer-by's. */
  isWaiting: boolean;
  onSold: (receipt: Receipt) => void;
}

export function Till({ customer, isWaiting, onSold }: Props) {
  const { t } = useTranslation('counter');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [text, setText] = useState('');
  const [payment, setPayment] = useState<Payment>('wechat');
  const [note, setNote] = useState('');
  const [unread, setUnread] = useState(false);
  const key = useRef(newClientKey());
  const field = useRef<HTMLInputElement>(null);
  const sell = useSell();
  const minor = parseAmount(text, currency.exponent);

  const id = customer?.id;
  useEffect(() => {
    if (id !== undefined) field.current?.focus();
  }, [id]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (sell.isPending || isWaiting) return;
    setUnread(minor === undefined);
    if (minor === undefined) return;
    sell.mutate(
      {
        client_key: key.current,
        customer_id: customer?.id ?? null,
        amount_minor: asMinor(minor),
        lines: [],
        payment: t(`payments.${payment}`),
        note: note.trim() || null,
      },
      { onSuccess: onSold },
    );
  };

  const refusal = unread ? t('amount_unreadable') : sell.error?.of('amount_minor');
  const others = sell.error?.fields.filter((problem) => problem.field !== 'amount_minor') ?? [];
  return (
    <Card title={t('till')} side={customer ? (customer.salutation ?? customer.name) : t('walk_in')}>
      <form
        className={styles.till}
        onSubmit={send}
        // Enter in the amount sells at once; it never wanders through the optional fields.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
        }}
      >
        <AmountInput
          key={customer?.id ?? 'none'}
          value={text}
          onChange={(next) => {
            setText(next);
            setUnread(false);
            if (sell.error) sell.reset();
          }}
          symbol={sign}
          label={t('amount')}
          placeholder="0.00"
          large
          invalid={refusal !== undefined}
          describedBy="till-problem"
          inputRef={field}
        />
        {refusal && (
          <p id="till-problem" role="alert" className={styles.problem}>
            {refusal}
          </p>
        )}
        <Choice label={t('payment')} value={payment} onChange={setPayment} options={payments.map((value) => ({ value, word: t(`payments.${value}`) }))} />
        <TextField label={t('note')} optional value={note} onChange={(event) => setNote(event.target.value)} placeholder={t('note_example')} error={sell.error?.of('note')} />
        {sell.error && sell.error.fields.length === 0 && <Notice tone="late">{sell.error.message}</Notice>}
        {others.map((other) => other.field !== 'note' && <Notice key={other.field} tone="late">{other.message}</Notice>)}
        <Button kind="main" large type="submit" hint="Enter" busy={sell.isPending} disabled={isWaiting || undefined}>
          {minor !== undefined && minor > 0 ? t('take', { amount: formatMoney(minor, currency) }) : t('take_empty')}
        </Button>
      </form>
    </Card>
  );
}
