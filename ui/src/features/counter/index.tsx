// 柜台: the customer in one glance on the left, the amount on the right, Enter. A person stands in front of
// it, so nothing here asks twice and nothing needs the mouse.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { go, settle, usePlace } from '@/shared/router.tsx';
import { CustomerCard } from './CustomerCard.tsx';
import { useProfile, type Receipt } from './queries.ts';
import { ReceiptCard } from './ReceiptCard.tsx';
import { Till } from './Till.tsx';
import { TodaySales } from './TodaySales.tsx';
import styles from './counter.module.css';

export default function CounterScreen() {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const asked = usePlace().query.get('customer');
  const id = asked ? Number(asked) : undefined;
  const profile = useProfile(id);
  const [receipt, setReceipt] = useState<Receipt>();
  // The receipt belongs to the customer it was made for; the next customer begins with an empty till.
  const shown = receipt && (receipt.sale.row.customer_id ?? undefined) === id ? receipt : undefined;
  const customer = id === undefined || profile.data?.row.id !== id ? undefined : profile.data;

  const leave = () => {
    setReceipt(undefined);
    settle('/counter');
  };
  useKey('Escape', () => (id === undefined && !receipt ? false : leave()));
  useKey('F4', () => go(customer ? `/complaints/new?customer=${customer.row.id}` : '/complaints/new'));

  return (
    <Screen
      title={t('title')}
      note={formatDay(today)}
      actions={
        <>
          <Button icon="complaints" hint="F4" onClick={() => go(customer ? `/complaints/new?customer=${customer.row.id}` : '/complaints/new')}>
            {t('complain')}
          </Button>
          {id !== undefined && (
            <Button hint="Escape" onClick={leave}>
              {t('leave')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.desk}>
        <div className={styles.left}>
          {id === undefined && (
            <div className={styles.waiting}>
              <EmptyState drawing="door" title={t('waiting.title')} text={t('waiting.text')} />
            </div>
          )}
          {id !== undefined && profile.error && <ErrorState message={profile.error.message} />}
          {id !== undefined && !customer && !profile.error && <LoadingState />}
          {customer && <CustomerCard profile={customer} />}
          {id === undefined && <TodaySales />}
        </div>
        <div className={styles.right}>
          {shown ? (
            <ReceiptCard receipt={shown} onAgain={() => setReceipt(undefined)} />
          ) : (
            <Till key={id ?? 'walk-in'} customer={customer?.row} isWaiting={id !== undefined && !customer} onSold={setReceipt} />
          )}
        </div>
      </div>
    </Screen>
  );
}
