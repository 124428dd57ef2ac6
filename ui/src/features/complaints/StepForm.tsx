// A step that needs only words: waiting for the customer, going on, a note, closing, reopening, withdrawing.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { useClose, useCustomerWrote, useNoteOn, useReopen, useResume, useStart, useWait, useWithdraw, type ComplaintId } from './queries.ts';
import styles from './complaints.module.css';

export type Step = 'start' | 'customer_wrote' | 'wait' | 'resume' | 'note' | 'reopen' | 'close' | 'withdraw';

export function StepForm({ id, step, onDone }: { id: ComplaintId; step: Step; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const acts = { start: useStart(), customer_wrote: useCustomerWrote(), wait: useWait(), resume: useResume(), note: useNoteOn(), reopen: useReopen(), close: useClose(), withdraw: useWithdraw() };
  const act = acts[step];
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!act.isPending) act.mutate({ client_key: key.current, id, text: text.trim() || null }, { onSuccess: onDone });
  };
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <TextField label={t(`step.${step}`)} value={text} autoFocus={step !== 'resume'} onChange={(event) => setText(event.target.value)} placeholder={t(`step_example.${step}`)} error={act.error?.of('text')} />
      <Refused error={act.error} />
      <div>
        <Button kind={step === 'withdraw' ? 'danger' : 'main'} type="submit" hint="Enter" busy={act.isPending}>
          {t(`action.${step}`)}
        </Button>
      </div>
    </form>
  );
}
