// What is put right on a case: who sees to it, how much is at stake, when it came in, that it is another one twice.
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant, newClientKey, type ApiError } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { MomentFields, useMomentFields } from './MomentFields.tsx';
import { useChangeSeverity, useCorrectReceipt, useDuplicate, useHandOver, type Case, type Severity } from './queries.ts';
import styles from './complaints.module.css';

interface Props {
  view: Case;
  onDone: () => void;
}

export function Correction({ word, busy, error, onSend, children }: { word: string; busy: boolean; error: ApiError | null; onSend: () => void; children: ReactNode }) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSend();
  };
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      {children}
      <Refused error={error} />
      <div>
        <Button kind="main" type="submit" hint="Enter" busy={busy}>
          {word}
        </Button>
      </div>
    </form>
  );
}

export function HandOverForm({ view, onDone }: Props) {
  const { t } = useTranslation('complaints');
  const { people } = view.desk;
  const [to, setTo] = useState(String(people[0]?.id ?? ''));
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const act = useHandOver();
  const person = people.find((each) => String(each.id) === to);
  return (
    <Correction word={t('action.hand_over')} busy={act.isPending} error={act.error} onSend={() => person && act.mutate({ client_key: key.current, id: view.row.id, to: person.id, reason }, { onSuccess: onDone })}>
      <Field label={t('correct.to')} error={act.error?.of('to')}>
        {(ids) => <Pick id={ids.id} field label={t('correct.to')} value={to} onChange={setTo} options={people.map((each) => ({ value: String(each.id), word: each.name }))} />}
      </Field>
      <TextField label={t('correct.reason')} autoFocus value={reason} placeholder={t('correct.hand_over_example')} onChange={(event) => setReason(event.target.value)} error={act.error?.of('reason')} />
    </Correction>
  );
}

export function SeverityForm({ view, onDone }: Props) {
  const { t } = useTranslation('complaints');
  const [severity, setSeverity] = useState<Severity>(view.row.severity);
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const act = useChangeSeverity();
  return (
    <Correction word={t('correct.save')} busy={act.isPending} error={act.error} onSend={() => act.mutate({ client_key: key.current, id: view.row.id, severity, reason }, { onSuccess: onDone })}>
      <Field label={t('form.severity')} help={t(`severity_help.${severity}`)} error={act.error?.of('severity')}>
        {() => <Choice label={t('form.severity')} value={severity} onChange={setSeverity} options={(['normal', 'high', 'red'] as const).map((value) => ({ value, word: t(`severity.${value}`) }))} />}
      </Field>
      <TextField label={t('correct.reason')} value={reason} placeholder={t('correct.severity_example')} onChange={(event) => setReason(event.target.value)} error={act.error?.of('reason')} />
    </Correction>
  );
}

export function ReceiptForm({ view, onDone }: Props) {
  const { t } = useTranslation('complaints');
  const moment = useMomentFields(view.row.received_at);
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const act = useCorrectReceipt();
  const send = () => moment.at !== undefined && act.mutate({ client_key: key.current, id: view.row.id, received_at: asInstant(moment.at), reason }, { onSuccess: onDone });
  return (
    <Correction word={t('correct.save')} busy={act.isPending} error={act.error} onSend={send}>
      <MomentFields moment={moment} label={t('correct.day')} error={act.error?.of('received_at')} />
      <TextField label={t('correct.reason')} value={reason} placeholder={t('correct.receipt_example')} onChange={(event) => setReason(event.target.value)} error={act.error?.of('reason')} />
    </Correction>
  );
}

export function DuplicateForm({ view, onDone }: Props) {
  const { t } = useTranslation('complaints');
  const [of, setOf] = useState(view.desk.siblings[0]?.case_no ?? '');
  const key = useRef(newClientKey());
  const act = useDuplicate();
  return (
    <Correction word={t('correct.merge')} busy={act.isPending} error={act.error} onSend={() => act.mutate({ client_key: key.current, id: view.row.id, of_case_no: of }, { onSuccess: onDone })}>
      {view.desk.siblings.length > 0 && (
        <Field label={t('correct.siblings')}>
          {(ids) => <Pick id={ids.id} field label={t('correct.siblings')} value={of} onChange={setOf} options={view.desk.siblings.map((each) => ({ value: each.case_no, word: each.description, note: each.case_no }))} />}
        </Field>
      )}
      <TextField label={t('correct.case_no')} autoFocus value={of} placeholder="TS-20260302-001" onChange={(event) => setOf(event.target.value)} error={act.error?.of('of_case_no')} />
    </Correction>
  );
}
