// 报价单: what so many pieces of the goods in the basket would cost, promised until a day and printed; and the quotes that
// still hold, of which one becomes this sale.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatShortDay, parseAmount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import type { LineForm } from './form.ts';
import { usePriceQuote, usePriceQuotes, useSavePriceQuote, type PriceQuote, type Profile } from './queries.ts';
import { QuotePrint } from './QuotePrint.tsx';
import styles from './offers.module.css';

interface Props {
  customer: Profile['row'] | undefined;
  lines: readonly LineForm[];
  onUse: (quote: PriceQuote) => void;
  onClose: () => void;
}

export function QuoteDialog({ customer, lines, onUse, onClose }: Props) {
  const { t } = useTranslation('counter');
  const { t: word } = useTranslation('common');
  const [days, setDays] = useState('14');
  const [note, setNote] = useState('');
  const [made, setMade] = useState<PriceQuote>();
  const key = useRef(newClientKey());
  const save = useSavePriceQuote();
  const products = lines.flatMap((line) => (line.productId === undefined ? [] : [{ product_id: line.productId, quantity: line.quantity.trim() || null }]));
  const input = { customer_id: customer?.id ?? null, products, valid_days: parseAmount(days, 0) ?? 0, note: note.trim() || null };
  const preview = usePriceQuote(input, products.length > 0);
  const shown = preview.error ? undefined : preview.data;
  const problem = (field: string) => save.error?.of(field) ?? preview.error?.of(field);
  if (made) return <QuotePrint quote={made} onClose={onClose} />;
  return (
    <Dialog
      wide
      title={customer ? t('quote.title_for', { who: customer.salutation ?? customer.name }) : t('quote.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" icon="print" busy={save.isPending} disabled={shown === undefined || undefined} onClick={() => save.mutate({ ...input, client_key: key.current }, { onSuccess: setMade })}>
            {t('quote.save')}
          </Button>
        </>
      }
    >
      <div className={styles.quote}>
        {products.length === 0 && <p className="quiet">{t('quote.no_goods')}</p>}
        {shown && <QuoteTable quote={shown} />}
        {products.length > 0 && (
          <div className={styles.pair}>
            <TextField label={t('quote.days')} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} error={problem('valid_days')} />
            <TextField label={t('note')} optional value={note} placeholder={t('quote.note_example')} onChange={(event) => setNote(event.target.value)} error={problem('note')} />
          </div>
        )}
        {preview.error && !preview.error.of('valid_days') && <Notice tone="late">{preview.error.first}</Notice>}
        <Held customer={customer?.id} onUse={onUse} onPrint={setMade} />
      </div>
    </Dialog>
  );
}

function QuoteTable({ quote }: { quote: PriceQuote }) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('product.label')}</th>
          <th className={styles.number}>{t('quote.from')}</th>
          <th className={styles.number}>{t('quote.each')}</th>
          <th className={styles.number}>{t('quote.sum')}</th>
        </tr>
      </thead>
      <tbody>
        {quote.products.flatMap((product) =>
          product.steps.map((step, n) => (
            <tr key={`${product.product_id}-${step.quantity}`}>
              <td>{n === 0 ? product.name : ''}</td>
              <td className={`${styles.number} figures`}>{step.quantity}</td>
              <td className={`${styles.number} figures`}>{money(step.unit_price_minor)}</td>
              <td className={`${styles.number} figures`}>{money(step.amount_minor)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

/** Quotes that still hold. */
function Held({ customer, onUse, onPrint }: { customer: Profile['row']['id'] | undefined; onUse: Props['onUse']; onPrint: (quote: PriceQuote) => void }) {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const { data } = usePriceQuotes({ customer_id: customer ?? null, only_valid: true });
  const rows = (data?.rows ?? []).filter((row) => row.customer_id === null || row.customer_id === customer);
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('quote.held')}>
      <h3 className="quiet small">{t('quote.held')}</h3>
      {rows.map((row) => (
        <div key={row.id} className={styles.offer}>
          <span className="figures">{row.quote_no}</span>
          <span className={styles.name}>
            {row.products.map((product) => product.name).join('、')} <span className="quiet small">{[t('prices.until_day', { day: formatShortDay(row.until_on, today) }), row.sale_no && t('quote.sold', { no: row.sale_no })].filter(Boolean).join(' · ')}</span>
          </span>
          <Button kind="plain" onClick={() => onPrint(row)}>
            {t('quote.print')}
          </Button>
          <Button onClick={() => onUse(row)}>{t('quote.use')}</Button>
        </div>
      ))}
    </section>
  );
}
