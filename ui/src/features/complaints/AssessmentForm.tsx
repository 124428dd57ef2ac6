// What came of an assessment: when, who was there, what was said, what will be different. The agenda stays in sight below.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Field, TextArea, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { useRecordAssessment, type AssessmentBoard } from './queries.ts';
import styles from './complaints.module.css';

interface ActionDraft {
  key: number;
  problem: string;
  action: string;
  owner: string;
  dueOn: string;
}

export function AssessmentForm({ board, onClose }: { board: AssessmentBoard; onClose: () => void }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const [heldOn, setHeldOn] = useState(today);
  const [there, setThere] = useState<readonly number[]>(() => (board.people.length === 1 ? board.people.map((each) => each.id) : []));
  const [others, setOthers] = useState('');
  const [notes, setNotes] = useState('');
  const [actions, setActions] = useState<ActionDraft[]>([]);
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useRecordAssessment();
  const isComplete = heldOn !== '' && actions.every((each) => each.dueOn !== '');
  const form = useRef<HTMLFormElement>(null);
  useKey('Ctrl+S', () => form.current?.requestSubmit());
  useKey('Escape', onClose);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isPending || !isComplete) return;
    mutate(
      {
        client_key: key.current,
        held_on: heldOn,
        people: board.people.filter((each) => there.includes(each.id)).map((each) => each.id),
        others: others || null,
        notes: notes || null,
        improvements: actions.map((each) => ({ problem: each.problem, action: each.action, owner_id: board.people.find((person) => String(person.id) === each.owner)?.id ?? null, due_on: each.dueOn })),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Card title={t('assess.record')}>
      <form ref={form} className={styles.steps} onSubmit={send}>
        <div className={styles.pair}>
          <Field label={t('assess.held_on')} error={error?.of('held_on')}>
            {(ids) => <DayField id={ids.id} value={heldOn} onChange={setHeldOn} to={today} invalid={error?.of('held_on') !== undefined} />}
          </Field>
          <Field label={t('assess.there')} error={error?.of('people')}>
            {(ids) => (
              <div id={ids.id} className={styles.people} role="group" aria-label={t('assess.there')}>
                {board.people.map((each, n) => (
                  <label key={each.id} className={styles.person}>
                    <input type="checkbox" autoFocus={n === 0} checked={there.includes(each.id)} onChange={(event) => setThere((before) => (event.target.checked ? [...before, each.id] : before.filter((id) => id !== each.id)))} />
                    {each.name}
                  </label>
                ))}
              </div>
            )}
          </Field>
          <TextField label={t('assess.others')} optional value={others} placeholder={t('assess.others_example')} onChange={(event) => setOthers(event.target.value)} error={error?.of('others')} />
        </div>
        <TextArea label={t('assess.notes')} rows={4} value={notes} placeholder={t('assess.notes_example')} onChange={(event) => setNotes(event.target.value)} error={error?.of('notes')} />
        <Actions actions={actions} people={board.people} onChange={setActions} problem={(field) => error?.of(field)} />
        <Refused error={error} />
        {error?.of('improvements') && <Notice tone="late">{error.of('improvements')}</Notice>}
        <div className={styles.fileKeys}>
          <Button kind="main" type="submit" hint="Ctrl+S" busy={isPending} disabled={!isComplete || undefined}>
            {word('save')}
          </Button>
          <Button kind="plain" hint="Escape" onClick={onClose}>
            {word('cancel')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface ActionsProps {
  actions: readonly ActionDraft[];
  people: AssessmentBoard['people'];
  onChange: (actions: ActionDraft[]) => void;
  problem: (field: string) => string | undefined;
}

/** Improvements that were decided, one below the other. */
function Actions({ actions, people, onChange, problem }: ActionsProps) {
  const { t } = useTranslation('complaints');
  const set = (key: number, change: Partial<ActionDraft>) => onChange(actions.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const next = Math.max(-1, ...actions.map((each) => each.key)) + 1;
  const owners = [{ value: '', word: t('improve.me') }, ...people.map((each) => ({ value: String(each.id), word: each.name }))];
  return (
    <>
      {actions.map((each, n) => {
        const of = (field: string) => problem(`improvements.${n}.${field}`);
        return (
          <div key={each.key} className={styles.also}>
            <div className={styles.alsoFields}>
              <TextField label={t('improve.problem')} autoFocus value={each.problem} placeholder={t('improve.problem_example')} onChange={(event) => set(each.key, { problem: event.target.value })} error={of('problem')} />
              <TextField label={t('resolve.action')} value={each.action} placeholder={t('resolve.action_example')} onChange={(event) => set(each.key, { action: event.target.value })} error={of('action')} />
              <Field label={t('case.owner')} error={of('owner_id')}>
                {(ids) => <Pick id={ids.id} field label={t('case.owner')} value={each.owner} onChange={(owner) => set(each.key, { owner })} options={owners} />}
              </Field>
              <Field label={t('resolve.due')} error={of('due_on')}>
                {(ids) => <DayField id={ids.id} value={each.dueOn} onChange={(dueOn) => set(each.key, { dueOn })} invalid={of('due_on') !== undefined} />}
              </Field>
            </div>
            <Button kind="plain" icon="close" aria-label={t('assess.remove_action')} title={t('assess.remove_action')} onClick={() => onChange(actions.filter((other) => other.key !== each.key))} />
          </div>
        );
      })}
      <div>
        <Button kind="plain" icon="plus" onClick={() => onChange([...actions, { key: next, problem: '', action: '', owner: '', dueOn: '' }])}>
          {t('assess.add_action')}
        </Button>
      </div>
    </>
  );
}
