// A gift of a list that waits for this customer; handing it out takes it from the stock at once. Alt+L hands out the first.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useHandOut, useWaitingGifts, type CustomerId } from './queries.ts';
import styles from './counter.module.css';

export function WaitingGifts({ customer }: { customer: CustomerId }) {
  const { t } = useTranslation('counter');
  const rows = useWaitingGifts(customer).data?.rows ?? [];
  const give = useHandOut();
  const key = useRef(newClientKey());
  const [given, setGiven] = useState<string>();
  const handOut = (row: (typeof rows)[number]) => {
    if (give.isPending) return;
    give.mutate(
      { client_key: key.current, id: row.id, customer_ids: [customer] },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setGiven(row.gift);
        },
      },
    );
  };
  const first = rows[0];
  useKey('Alt+L', () => first && handOut(first), first !== undefined);
  if (rows.length === 0 && given === undefined) return null;
  return (
    <section className={styles.benefits} aria-label={t('gifts.title')}>
      {rows.map((row, n) => (
        <div key={row.id} className={styles.benefit}>
          <Icon name="gift" />
          <span>
            {row.gift} {row.quantity > 1 && `× ${row.quantity}`}
          </span>
          <span className="quiet small">{row.name}</span>
          <Button hint={n === 0 ? 'Alt+L' : undefined} busy={give.isPending} onClick={() => handOut(row)}>
            {t('gifts.hand_out')}
          </Button>
        </div>
      ))}
      {given !== undefined && !give.error && <Notice tone="done">{t('gifts.done', { what: given })}</Notice>}
      {give.error && <Notice tone="late">{give.error.first}</Notice>}
    </section>
  );
}
