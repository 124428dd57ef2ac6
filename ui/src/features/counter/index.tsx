// 柜台: the customer in one glance on the left, the till on the right, Enter. A person stands in front of it, so
// nothing here needs the mouse, and only a sale with lines asks before it is thrown away. Its records are one step on.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { go, settle, usePlace } from '@/shared/router.tsx';
import { CustomerCard } from './CustomerCard.tsx';
import { changeForm, clearSale, nextSale, useForm } from './draft.ts';
import { useProfile, type Receipt, type SaleId } from './queries.ts';
import { ReceiptCard } from './ReceiptCard.tsx';
import { SaleDetail } from './SaleDetail.tsx';
import { SalesList } from './SalesList.tsx';
import { Till } from './Till.tsx';
import { TodaySales } from './TodaySales.tsx';
import styles from './counter.module.css';

export default function CounterScreen() {
  const { path } = usePlace();
  const sale = /^\/counter\/sales\/(\d+)$/.exec(path)?.[1];
  if (sale !== undefined) return <SaleDetail key={sale} id={Number(sale) as SaleId} />;
  if (path === '/counter/sales') return <SalesList />;
  return <Desk />;
}

/** Follows the sale that is being typed from customer to customer. */
function useCustomerOfDraft(id: number | undefined): void {
  const { form, isReady } = useForm();
  const restored = useRef(false);
  useEffect(() => {
    if (!isReady) return;
    // A sale that was cut short comes back with its customer, once.
    if (!restored.current && id === undefined && form.customerId !== undefined) {
      restored.current = true;
      settle(`/counter?customer=${form.customerId}`);
      return;
    }
    restored.current = true;
    if (form.customerId === id) return;
    // Goods stay when the customer is chosen after them; an amount without goods was the other customer's.
    changeForm((before) => ({ ...before, customerId: id, amount: before.customerId === undefined || before.lines.length > 0 ? before.amount : '' }));
  }, [id, isReady, form.customerId]);
}

function Desk() {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const asked = usePlace().query.get('customer');
  const id = asked ? Number(asked) : undefined;
  const profile = useProfile(id);
  const [receipt, setReceipt] = useState<Receipt>();
  // The receipt belongs to the customer it was made for; the next customer begins with an empty till.
  const shown = receipt && (receipt.sale.row.customer_id ?? undefined) === id ? receipt : undefined;
  const customer = id === undefined || profile.data?.row.id !== id ? undefined : profile.data;

  const { form } = useForm();
  const [isAgain, setAgain] = useState(false);
  const [isAsking, setAsking] = useState(false);
  useCustomerOfDraft(id);

  const sold = (made: Receipt) => {
    nextSale();
    setAsking(false);
    setReceipt(made);
    setAgain(true);
  };
  const leave = () => {
    // Lines that were typed are work; they go with the second press only.
    if (form.lines.length > 0 && !isAsking) return setAsking(true);
    setAsking(false);
    clearSale();
    setReceipt(undefined);
    setAgain(false);
    settle('/counter');
    document.querySelector<HTMLElement>('[data-search-box]')?.focus();
  };
  const isBusy = id !== undefined || receipt !== undefined || form.lines.length > 0;
  useKey('Escape', () => (isBusy ? leave() : false));
  useKey('F8', () => go('/counter/sales'));
  useKey('F4', () => go(customer ? `/complaints/new?customer=${customer.row.id}` : '/complaints/new'));

  return (
    <Screen
      title={t('title')}
      note={formatDay(today)}
      keepsEscape={isBusy}
      actions={
        <>
          <Button icon="complaints" hint="F4" onClick={() => go(customer ? `/complaints/new?customer=${customer.row.id}` : '/complaints/new')}>
            {t('complain')}
          </Button>
          <Button icon="note" hint="F8" onClick={() => go('/counter/sales')}>
            {t('sales.open')}
          </Button>
          {(id !== undefined || form.lines.length > 0) && (
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
          {isAsking && form.lines.length > 0 && (
            <Notice
              tone="soon"
              action={
                <Button kind="plain" onClick={() => setAsking(false)}>
                  {t('clear.keep')}
                </Button>
              }
            >
              {t('clear.ask', { n: form.lines.length })}
            </Notice>
          )}
          {shown ? (
            <ReceiptCard receipt={shown} onAgain={() => setReceipt(undefined)} />
          ) : (
            <Till customer={customer?.row} isWaiting={id !== undefined && !customer} isAgain={isAgain} onSold={sold} />
          )}
        </div>
      </div>
    </Screen>
  );
}
