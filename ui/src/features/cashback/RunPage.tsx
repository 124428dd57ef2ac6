// A year that was paid: everybody with amount and voucher, the list to print and sign, and the way back while no voucher was
// used.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { usePages } from '@/shared/hooks/pages.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice, Refused } from '@/shared/parts/States.tsx';
import { VirtualTable, type Column } from '@/shared/parts/VirtualTable.tsx';
import { go } from '@/shared/router.tsx';
import styles from './cashback.module.css';
import { ListSheet } from './ListSheet.tsx';
import { PAGE, useList, useReverse, type Row, type Run, type RunId } from './queries.ts';

export function RunPage({ id }: { id: RunId }) {
  const { t } = useTranslation('cashback');
  const money = useMoney();
  const pages = usePages(PAGE);
  const [dialog, setDialog] = useState<'print' | 'reverse'>();
  const { data, error } = useList(id, pages.offset, PAGE);
  const columns = useColumns(data?.run);
  useKey('Ctrl+P', () => setDialog('print'), data !== undefined && dialog === undefined);
  if (error || !data) return <Screen title={t('title')}>{error ? <ErrorState message={error.message} /> : <LoadingState />}</Screen>;
  const { run } = data;
  const close = () => setDialog(undefined);
  return (
    <Screen
      filled
      title={t('of_year', { year: run.year })}
      note={<span className="figures">{t('run_note', { n: formatCount(run.people), amount: money(run.paid_minor), as: t(`pays.${run.pays_as}`) })}</span>}
      actions={
        <>
          {run.reversed_at === null && (
            <Button icon="refund" onClick={() => setDialog('reverse')}>
              {t('reverse')}
            </Button>
          )}
          <Button kind="main" icon="print" hint="Ctrl+P" onClick={() => setDialog('print')}>
            {t('print')}
          </Button>
        </>
      }
      tools={run.reversed_at ? <Notice tone="soon">{t('reversed', { why: run.reversed_why })}</Notice> : undefined}
    >
      {run.people === 0 ? <EmptyState title={t('all_settled')} /> : <VirtualTable label={t('of_year', { year: run.year })} columns={columns} total={run.people} rowAt={(index) => pages.rowOf(data.rows, index)} keyOf={(row) => row.customer_id} onShow={pages.onShow} onOpen={(row) => go(`/customers/${row.customer_id}`)} />}
      {dialog === 'print' && <ListSheet run={run} onClose={close} />}
      {dialog === 'reverse' && <ReverseDialog run={run} onClose={close} />}
    </Screen>
  );
}

function useColumns(run: Run | undefined): Column<Row, never>[] {
  const { t } = useTranslation('cashback');
  const money = useMoney();
  const columns: Column<Row, never>[] = [
    { key: 'no', word: t('member_no'), track: 'minmax(0, 0.8fr)', cell: (row) => <span className="figures">{row.member_no}</span> },
    { key: 'name', word: t('customer'), track: 'minmax(0, 1.2fr)', cell: (row) => <strong>{row.name}</strong> },
    { key: 'tier', word: t('tier'), track: 'minmax(0, 0.7fr)', cell: (row) => row.tier },
    { key: 'net', word: t('net'), track: 'minmax(0, 1fr)', figures: true, cell: (row) => money(row.net_minor) },
    { key: 'granted', word: t('granted'), track: 'minmax(0, 0.9fr)', figures: true, cell: (row) => money(row.granted_minor) },
    { key: 'carried', word: t('carried'), track: 'minmax(0, 0.9fr)', figures: true, cell: (row) => (row.carried_minor < 0 ? money(row.carried_minor) : '') },
    { key: 'paid', word: t('paid'), track: 'minmax(0, 0.9fr)', figures: true, cell: (row) => <strong>{money(row.paid_minor)}</strong> },
  ];
  return run?.pays_as === 'voucher' ? [...columns, { key: 'code', word: t('code'), track: 'minmax(0, 1fr)', cell: (row) => <span className="figures selectable">{row.code}</span> }] : columns;
}

function ReverseDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation('cashback');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const reverse = useReverse();
  const { error } = reverse;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!reverse.isPending) reverse.mutate({ client_key: key.current, id: run.id, reason }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('reverse')}
      onClose={onClose}
      footer={
        <Button kind="danger" busy={reverse.isPending} onClick={() => form.current?.requestSubmit()}>
          {t('reverse_n', { n: formatCount(run.people) })}
        </Button>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send}>
        <p>{t(run.pays_as === 'voucher' ? 'reverse_voucher' : 'reverse_cash', { year: run.year })}</p>
        <TextField label={t('reason')} value={reason} placeholder={t('reason_example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} data-autofocus />
        <Refused error={error} />
      </form>
    </Dialog>
  );
}
