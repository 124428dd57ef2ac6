// An answer, a resolution or a call took place at another time than was entered. The verdict stays; what the true time
// says stands beside it.
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant, newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { dayOf, formatTime, instantIn } from '@/shared/format/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Correction } from './CorrectionForms.tsx';
import { useCorrectAct, type Case } from './queries.ts';
import styles from './complaints.module.css';

const DayInput = lazy(() => import('@/shared/antd/DayInput.tsx'));

const acts = ['response', 'resolution', 'follow_up'] as const;
type Act = (typeof acts)[number];

export function ActForm({ view, onDone }: { view: Case; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const done = acts.filter((act) => view.verdicts.some((verdict) => verdict.promise === act));
  const [promise, setPromise] = useState<Act>(done[0] ?? 'response');
  const verdict = [...view.verdicts].reverse().find((each) => each.promise === promise);
  const entered = verdict?.noticed_at ?? view.row.received_at;
  const [day, setDay] = useState(dayOf(entered, zone));
  const [time, setTime] = useState(formatTime(entered, zone));
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const act = useCorrectAct();
  const at = instantIn(day, time, zone);
  const send = () => at !== undefined && act.mutate({ client_key: key.current, id: view.row.id, promise, happened_at: asInstant(at), reason }, { onSuccess: onDone });
  return (
    <Correction word={t('correct.save')} busy={act.isPending} error={act.error} onSend={send}>
      <Field label={t('correct.act')} error={act.error?.of('promise')}>
        {() => <Choice label={t('correct.act')} value={promise} onChange={setPromise} options={(done.length > 0 ? done : acts).map((value) => ({ value, word: t(`promise.${value}`) }))} />}
      </Field>
      <div className={styles.pair}>
        <Field label={t('correct.act_day')} error={act.error?.of('happened_at')}>
          {(ids) => (
            <Suspense fallback={<span className={styles.dayWaiting} />}>
              <DayInput id={ids.id} value={day} onChange={setDay} to={today} />
            </Suspense>
          )}
        </Field>
        <TextField label={t('correct.time')} value={time} placeholder="9:05" onChange={(event) => setTime(event.target.value)} error={at === undefined ? t('correct.time_unread') : undefined} />
      </div>
      <TextField label={t('correct.reason')} value={reason} placeholder={t('correct.act_example')} onChange={(event) => setReason(event.target.value)} error={act.error?.of('reason')} />
    </Correction>
  );
}
