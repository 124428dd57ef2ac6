// 批准: what the person at the counter may not do alone is approved above the form that asked for it. The form keeps
// every word; once approved it is carried out as if it had been allowed at once.
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { askForApproval, useAsk, toApiError, type Again, type ApiError } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { isComposing } from '@/shared/hooks/keys.ts';
import styles from './ApprovalDesk.module.css';

interface Question {
  refusal: ApiError;
  again: Again;
  end: (answer: Promise<unknown>) => void;
}

/** Shows the question whenever a call needs an approval. */
export function ApprovalDesk() {
  const [question, setQuestion] = useState<Question>();
  useEffect(
    () =>
      askForApproval(
        (refusal, again) =>
          new Promise((resolve) => {
            setQuestion((before) => {
              // One question at a time; a second one is told like any refusal.
              if (before) {
                resolve(Promise.reject(refusal));
                return before;
              }
              return { refusal, again, end: resolve };
            });
          }),
      ),
    [],
  );
  const onEnd = useCallback(
    (answer: Promise<unknown>) => {
      question?.end(answer);
      setQuestion(undefined);
    },
    [question],
  );
  return question ? <ApprovalDialog question={question} onEnd={onEnd} /> : null;
}

function ApprovalDialog({ question, onEnd }: { question: Question; onEnd: (answer: Promise<unknown>) => void }) {
  const { t } = useTranslation('frame');
  const { t: word } = useTranslation('common');
  const { refusal, again } = question;
  const people = useAsk('approval_people', { action: refusal.ask ?? '' }, { tables: ['staff'] });
  const rows = people.data?.rows ?? [];
  const [chosen, setChosen] = useState<number>();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const approver = chosen ?? rows[0]?.id;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || approver === undefined) return;
    setBusy(true);
    try {
      const answer = await again({ staff_id: approver, reason });
      onEnd(Promise.resolve(answer));
    } catch (thrown) {
      const error = toApiError(thrown);
      setBusy(false);
      // Words of the approval, or an approver who may not do it either: asked again here. Anything else is the form's.
      if (error.ask !== undefined || error.fields.some((field) => field.field.startsWith('approval.'))) setProblem(error);
      else onEnd(Promise.reject(error));
    }
  };
  const sentence = problem && problem.of('approval.reason') === undefined && problem.of('approval.staff_id') === undefined ? problem.message : refusal.message;
  return (
    <Dialog title={t('approval.title')} onClose={() => onEnd(Promise.reject(refusal))}>
      <form className={styles.form} onSubmit={(event) => void send(event)} onKeyDown={(event) => event.key === 'Enter' && isComposing(event) && event.preventDefault()}>
        <Notice tone="soon">{sentence}</Notice>
        {people.data && rows.length === 0 ? (
          <p>{t('approval.nobody')}</p>
        ) : (
          <Field label={t('approval.by')} error={problem?.of('approval.staff_id')}>
            {() => <Choice label={t('approval.by')} value={approver ?? 0} onChange={setChosen} options={rows.map((person) => ({ value: person.id as number, word: `${person.name} · ${t(`roles.${person.role}`)}` }))} />}
          </Field>
        )}
        <TextField label={t('approval.reason')} data-autofocus value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('approval.reason_example')} error={problem?.of('approval.reason')} />
        <p className="quiet small">{t('approval.once')}</p>
        <div className={styles.buttons}>
          <Button onClick={() => onEnd(Promise.reject(refusal))} hint="Escape">
            {word('cancel')}
          </Button>
          <Button kind="main" type="submit" hint="Enter" busy={isBusy} disabled={approver === undefined || undefined}>
            {t('approval.approve')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
