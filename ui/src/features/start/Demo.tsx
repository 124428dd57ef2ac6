// A demo shop with people, sales and complaints around now, apart from the real book.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Progress } from '@/shared/parts/Progress.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useCreateDemo, useJob, useStartOver, type Trade } from './queries.ts';
import { Trades } from './Trades.tsx';
import styles from './start.module.css';

export function Demo() {
  const { t } = useTranslation('start');
  const [trade, setTrade] = useState<Trade>('bakery');
  const create = useCreateDemo();
  const job = useJob(create.data?.job);
  const startOver = useStartOver();
  const state = job.data?.state;
  useEffect(() => {
    if (state === 'done') startOver();
    // Only the end of the job matters; the function is new at every render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
  const refusal = create.error?.message ?? job.data?.error?.message;
  return (
    <div className={styles.form}>
      <p className="quiet">{t('demo_text')}</p>
      <Trades value={trade} onChange={setTrade} />
      {refusal && <Notice tone="late">{refusal}</Notice>}
      {job.data && state === 'running' ? (
        <Progress word={t('demo_working')} done={job.data.done} total={job.data.total} rate={job.data.rate} leftSeconds={job.data.left_s} />
      ) : (
        <Button kind="main" large icon="book" busy={create.isPending || state === 'done'} onClick={() => create.mutate({ trade })}>
          {t('demo_create')}
        </Button>
      )}
    </div>
  );
}
