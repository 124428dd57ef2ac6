// One batch: its codes with how each stands, on paper, taken back one by one or all that are left, or issued again.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { CouponBatchSheet, CouponSheet } from '@/shared/offers/CouponSheet.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Figure } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { CouponList } from './CouponRows.tsx';
import { Recall } from './Recall.tsx';
import styles from './offers.module.css';
import { useCodes, useVoid, useVoidBatch, type Batch, type Coupon } from './queries.ts';

type Which = 'unused' | 'all' | 'recall';

export function BatchDialog({ batch, onAgain, onClose }: { batch: Batch; onAgain: () => void; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const money = useMoney();
  const [which, setWhich] = useState<Which>('unused');
  const [printing, setPrinting] = useState<Coupon | 'all'>();
  const [taking, setTaking] = useState<Coupon | 'all'>();
  const unused = useCodes({ batch_id: batch.id, only_unused: true, offset: 0 }).data?.total ?? 0;
  const printAll = () => setPrinting('all');
  useKey('Ctrl+P', printAll, unused > 0 && printing === undefined);
  if (printing === 'all') return <CouponBatchSheet batch={batch.id} total={unused} onClose={() => setPrinting(undefined)} />;
  if (printing) return <CouponSheet coupon={printing} onClose={() => setPrinting(undefined)} />;
  const left = batch.issued - batch.used - batch.void;
  return (
    <Dialog
      wide
      title={batch.name}
      onClose={onClose}
      footer={
        <>
          <Button icon="close" disabled={left === 0 || undefined} onClick={() => setTaking('all')}>
            {t('void_all')}
          </Button>
          <Button icon="repeat" onClick={onAgain}>
            {t('again')}
          </Button>
          <Button kind="main" icon="print" hint="Ctrl+P" disabled={unused === 0 || undefined} onClick={printAll}>
            {t('print_n', { n: formatCount(unused) })}
          </Button>
        </>
      }
    >
      <div className={styles.batch}>
        <p>{[batch.text, batch.campaign].filter(Boolean).join(' · ')}</p>
        <div className={styles.figures}>
          <Figure word={t('issued')}>{formatCount(batch.issued)}</Figure>
          <Figure word={t('used')} note={formatBasisPoints(batch.used_bp)}>
            {formatCount(batch.used)}
          </Figure>
          <Figure word={t('took_off')} note={batch.budget_minor == null ? undefined : t('of_budget', { amount: money(batch.budget_minor) })}>
            {money(batch.took_off_minor)}
          </Figure>
          {batch.void > 0 && <Figure word={t('state.void')}>{formatCount(batch.void)}</Figure>}
        </div>
        {taking && <VoidForm key={taking === 'all' ? 'all' : taking.id} batch={batch} coupon={taking === 'all' ? undefined : taking} left={left} onDone={() => setTaking(undefined)} />}
        <Choice<Which>
          label={t('which')}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'unused', word: t('state.unused') },
            { value: 'all', word: t('all') },
            ...(batch.audience.kind === 'anybody' ? [] : [{ value: 'recall' as const, word: t('recall_look') }]),
          ]}
        />
        {which === 'recall' ? <Recall of={{ batch_id: batch.id }} /> : <CouponList key={which} filter={{ batch_id: batch.id, only_unused: which === 'unused' }} onPrint={setPrinting} onVoid={setTaking} />}
      </div>
    </Dialog>
  );
}

function VoidForm({ batch, coupon, left, onDone }: { batch: Batch; coupon: Coupon | undefined; left: number; onDone: () => void }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const one = useVoid();
  const all = useVoidBatch();
  const error = one.error ?? all.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (one.isPending || all.isPending) return;
    const given = { client_key: key.current, reason };
    if (coupon) one.mutate({ ...given, id: coupon.id }, { onSuccess: onDone });
    else all.mutate({ ...given, id: batch.id }, { onSuccess: onDone });
  };
  return (
    <form className={styles.step} onSubmit={send}>
      <Notice tone="soon">{coupon ? t('void_one_what', { code: coupon.code }) : t('void_all_what', { n: formatCount(left) })}</Notice>
      <TextField label={t('reason')} value={reason} placeholder={t('reason_example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} autoFocus />
      <Refused error={error} />
      <div className={styles.buttons}>
        <Button kind="danger" type="submit" busy={one.isPending || all.isPending}>
          {coupon ? t('void') : t('void_n', { n: formatCount(left) })}
        </Button>
        <Button onClick={onDone}>{word('cancel')}</Button>
      </div>
    </form>
  );
}
