// A year before it is paid: the rules on the left, who would get what on the right, and one button that says both numbers.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey, toApiError } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Progress } from '@/shared/parts/Progress.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState, Notice, Refused } from '@/shared/parts/States.tsx';
import { settle } from '@/shared/router.tsx';
import styles from './cashback.module.css';
import { firstDraft, readDraft } from './draft.ts';
import { PreviewCard } from './PreviewCard.tsx';
import { useApprove, useCancelJob, useJob, usePreview, useRuns, type Question, type Run, type Runs } from './queries.ts';
import { RulesForm } from './RulesForm.tsx';

export function NewRun() {
  const { t } = useTranslation('cashback');
  const { data, error } = useRuns();
  if (error || !data) return <Screen title={t('new')}>{error ? <ErrorState message={error.message} /> : <LoadingState />}</Screen>;
  return <Form runs={data} />;
}

function Form({ runs }: { runs: Runs }) {
  const { t } = useTranslation('cashback');
  const { t: word } = useTranslation('common');
  const { today, currency } = useBook();
  const money = useMoney();
  const [draft, setDraft] = useState(() => firstDraft(today, runs.rows[0], currency.exponent));
  const [isAsking, setAsking] = useState(false);
  const { question, unread } = readDraft(draft, currency.exponent);
  const preview = usePreview(question);
  const shown = question && !preview.error ? preview.data : undefined;
  const mayPay = shown !== undefined && !shown.is_running && shown.rows.length > 0;
  const ask = () => mayPay && setAsking(true);
  useKey('Ctrl+Enter', ask, !isAsking);
  const desk = useRef<HTMLDivElement>(null);
  useEffect(() => desk.current?.querySelector<HTMLElement>('button, input')?.focus(), []);
  const problem = (field: string) => (unread.has(field) ? word('unreadable') : (preview.error?.of(`rules.${field}`) ?? preview.error?.of(field)));
  return (
    <Screen
      title={t('new')}
      note={t('of_year', { year: draft.year })}
      actions={
        <Button kind="main" icon="check" hint="Ctrl+Enter" disabled={!mayPay} onClick={ask}>
          {mayPay ? t('pay_n', { n: formatCount(shown.people), amount: money(shown.paid_minor) }) : t('pay')}
        </Button>
      }
    >
      <div ref={desk} className={styles.desk}>
        <Card title={t('rules')}>
          <RulesForm draft={draft} tiers={runs.tiers} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} problem={problem} />
        </Card>
        <div className={styles.preview}>
          <Refused error={preview.error} />
          {question && !shown && !preview.error && <LoadingState />}
          {shown && <PreviewCard preview={shown} />}
        </div>
      </div>
      {isAsking && shown && question && <PayDialog question={question} people={shown.people} amount={money(shown.paid_minor)} onClose={() => setAsking(false)} />}
    </Screen>
  );
}

function PayDialog({ question, people, amount, onClose }: { question: Question; people: number; amount: string; onClose: () => void }) {
  const { t } = useTranslation('cashback');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const money = useMoney();
  const key = useRef(newClientKey());
  const approve = useApprove();
  const cancel = useCancelJob();
  const job = useJob(approve.data?.job);
  const state = approve.isPending ? 'running' : job.data?.state;
  const isRunning = state === 'running' || (approve.data !== undefined && job.data === undefined);
  const run = state === 'done' ? (job.data?.result as Run | undefined) : undefined;
  const refusal = approve.error ?? job.data?.error;
  const pay = () => {
    // A run that was cancelled or refused has left nothing behind, so the next try is a new one.
    if (state !== undefined) key.current = newClientKey();
    approve.mutate({ ...question, client_key: key.current });
  };
  return (
    <Dialog
      title={t('pay')}
      onClose={isRunning ? () => undefined : onClose}
      footer={
        run ? (
          <Button kind="main" icon="print" onClick={() => settle(`/ladder/cashback/${run.id}`)} data-autofocus>
            {t('to_list')}
          </Button>
        ) : (
          !isRunning && (
            <>
              <Button onClick={onClose}>{word('cancel')}</Button>
              <Button kind="main" onClick={pay} data-autofocus>
                {t('pay_n', { n: formatCount(people), amount })}
              </Button>
            </>
          )
        )
      }
    >
      <div className={styles.form}>
        {!run && !isRunning && (
          <>
            <p>{t(`ask.${question.pays_as}`, { year: question.year, n: formatCount(people), amount, day: question.until_on ? formatShortDay(question.until_on, today) : t('a_year') })}</p>
            <p className="quiet">{t('ask.once')}</p>
          </>
        )}
        {isRunning && <Progress word={t('paying')} done={job.data?.done ?? 0} total={job.data?.total ?? 0} rate={0} onCancel={job.data ? () => cancel.mutate({ job: job.data.job }) : undefined} />}
        {state === 'cancelled' && <Notice>{t('cancelled')}</Notice>}
        {run && <Notice tone="done">{t('done', { n: formatCount(run.people), amount: money(run.paid_minor) })}</Notice>}
        {refusal && !isRunning && <Notice tone="late">{toApiError(refusal).first}</Notice>}
      </div>
    </Dialog>
  );
}
