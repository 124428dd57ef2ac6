// One improvement from the problem to the proof that it works.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useSaveImprovement, type Improvement } from './queries.ts';
import styles from './complaints.module.css';

interface Props {
  improvement: Improvement | undefined;
  /** Of a new one: the cause that it begins with. */
  begin?: string;
  people: readonly Improvement['owner'][];
  onClose: () => void;
}

const draftOf = (it: Improvement | undefined, begin = '') => ({
  problem: it?.problem ?? begin,
  cause: it?.cause ?? begin,
  action: it?.action ?? '',
  owner: String(it?.owner.id ?? ''),
  dueOn: it?.due_on ?? '',
  doneOn: it?.done_on ?? '',
  checkedOn: it?.checked_on ?? '',
  effect: it?.effect ?? '',
  toldOn: it?.customer_told_on ?? '',
});

export function ImprovementDialog({ improvement, begin, people, onClose }: Props) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  const [draft, setDraft] = useState(() => draftOf(improvement, begin));
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const save = useSaveImprovement();
  const { error } = save;
  const send = () => {
    if (draft.dueOn === '') return;
    save.mutate(
      {
        client_key: key.current,
        id: improvement?.id ?? null,
        problem: draft.problem,
        cause: draft.cause || null,
        action: draft.action,
        owner_id: people.find((each) => String(each.id) === draft.owner)?.id ?? null,
        due_on: draft.dueOn,
        done_on: draft.doneOn || null,
        checked_on: draft.checkedOn || null,
        effect: draft.effect || null,
        customer_told_on: draft.toldOn || null,
      },
      { onSuccess: onClose },
    );
  };
  const day = (label: string, field: 'dueOn' | 'doneOn' | 'checkedOn' | 'toldOn', problem: string | undefined, isPast: boolean) => (
    <Field label={label} optional={field !== 'dueOn'} error={problem}>
      {(ids) => <DayField id={ids.id} value={draft[field]} onChange={(value) => set({ [field]: value })} to={isPast ? today : undefined} invalid={problem !== undefined} />}
    </Field>
  );
  return (
    <FormDialog wide title={improvement ? t('improve.one') : t('improve.new')} problem={error?.whole} busy={save.isPending} disabled={draft.dueOn === ''} onClose={onClose} onSave={send}>
      <TextField label={t('improve.problem')} value={draft.problem} placeholder={t('improve.problem_example')} onChange={(event) => set({ problem: event.target.value })} error={error?.of('problem')} />
      <TextField label={t('resolve.cause')} optional value={draft.cause} placeholder={t('resolve.cause_example')} onChange={(event) => set({ cause: event.target.value })} error={error?.of('cause')} />
      <TextField label={t('resolve.action')} value={draft.action} placeholder={t('resolve.action_example')} onChange={(event) => set({ action: event.target.value })} error={error?.of('action')} />
      <div className={styles.pair}>
        <Field label={t('case.owner')} error={error?.of('owner_id')}>
          {(ids) => <Pick id={ids.id} field label={t('case.owner')} value={draft.owner} onChange={(owner) => set({ owner })} options={[...(improvement ? [] : [{ value: '', word: t('improve.me') }]), ...people.map((each) => ({ value: String(each.id), word: each.name }))]} />}
        </Field>
        {day(t('resolve.due'), 'dueOn', error?.of('due_on'), false)}
        {day(t('improve.done_on'), 'doneOn', error?.of('done_on'), true)}
        {day(t('improve.checked_on'), 'checkedOn', error?.of('checked_on'), true)}
        {day(t('improve.told_on'), 'toldOn', error?.of('customer_told_on'), true)}
      </div>
      <TextField label={t('improve.effect')} optional value={draft.effect} placeholder={t('improve.effect_example')} onChange={(event) => set({ effect: event.target.value })} error={error?.of('effect')} />
    </FormDialog>
  );
}
