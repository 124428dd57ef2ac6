// 常购组合: orders that the customer places again and again, kept under a name. One key opens them, Enter adds one to
// the sale at the prices of the day; what stands in the sale is kept in the same place.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { LoadingState, Notice } from '@/shared/parts/States.tsx';
import { useForgetUsual, useKeepUsual, useUsualOrders, type NewSale, type Profile, type UsualOrder } from './queries.ts';
import styles from './till.module.css';

interface Props {
  customer: Profile['row'];
  /** The sale as it stands, to be kept. */
  sale: NewSale;
  onTake: (order: UsualOrder) => void;
  onClose: () => void;
}

export function UsualOrders({ customer, sale, onTake, onClose }: Props) {
  const { t } = useTranslation('counter');
  const [name, setName] = useState('');
  const key = useRef(newClientKey());
  const orders = useUsualOrders(customer.id);
  const keep = useKeepUsual();
  const forget = useForgetUsual();
  const rows = orders.data?.rows ?? [];
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (keep.isPending) return;
    keep.mutate(
      { client_key: key.current, customer_id: customer.id, name, lines: sale.lines, packaging: sale.packaging, note: sale.note },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setName('');
        },
      },
    );
  };
  return (
    <Dialog title={t('usual.title', { who: customer.salutation ?? customer.name })} onClose={onClose}>
      {!orders.data && <LoadingState lines={3} />}
      {orders.data && rows.length === 0 && <p className="quiet">{t('usual.none')}</p>}
      <ul className={styles.usual}>
        {rows.map((order, n) => (
          <li key={order.id} className={styles.usualRow}>
            <button type="button" className={styles.usualTake} onClick={() => onTake(order)} data-autofocus={n === 0 || undefined}>
              <strong>{order.name}</strong>
              <span className="quiet small">{[order.lines.map((line) => `${line.description} × ${line.quantity}`).join('、'), order.packaging, order.note].filter(Boolean).join(' · ')}</span>
              {order.left_out.length > 0 && <span className="quiet small">{t('usual.gone', { what: order.left_out.join('、') })}</span>}
            </button>
            <Button kind="plain" icon="close" aria-label={t('usual.forget', { name: order.name })} title={t('usual.forget', { name: order.name })} onClick={() => forget.mutate({ id: order.id })} />
          </li>
        ))}
      </ul>
      {forget.error && <Notice tone="late">{forget.error.message}</Notice>}
      {sale.lines && sale.lines.length > 0 && (
        <form className={styles.usualKeep} onSubmit={send}>
          <TextField label={t('usual.keep')} value={name} onChange={(event) => setName(event.target.value)} placeholder={t('usual.example')} help={t('usual.help')} error={keep.error?.of('name') ?? keep.error?.of('lines')} />
          {keep.error && keep.error.fields.every((field) => !['name', 'lines'].includes(field.field)) && <Notice tone="late">{keep.error.message}</Notice>}
          {keep.isSuccess && <Notice tone="done">{t('usual.kept')}</Notice>}
          <div className={styles.buttons}>
            <Button type="submit" icon="star" busy={keep.isPending}>
              {t('usual.save')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
