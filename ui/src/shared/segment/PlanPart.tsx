// What is planned for a customer: words, a day and who sees to it; open ones first, done ones with what came of them.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey, useAct, useAsk } from '@/backend/index.ts';
import { DayField } from '../antd/DayField.tsx';
import { useBook } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { Icon } from '../icons/Icon.tsx';
import { Button } from '../parts/Button.tsx';
import { Field, TextField } from '../parts/Field.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { Pick } from '../parts/Pick.tsx';
import type { SegmentCardView as View } from './card.ts';
import styles from './SegmentCard.module.css';

type Plan = View['plans'][number];

export function PlanPart({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  const [asked, setAsked] = useState<{ kind: 'edit' | 'done'; plan?: Plan }>();
  const close = () => setAsked(undefined);
  return (
    <div className={styles.part}>
      <header className={styles.partHead}>
        <h3>{t('plan.title')}</h3>
        <Button kind="plain" icon="plus" onClick={() => setAsked({ kind: 'edit' })}>
          {t('plan.act')}
        </Button>
      </header>
      <ul className="small">
        {view.plans.map((plan) => (
          <li key={plan.id} className={styles.plan}>
            <PlanText plan={plan} />
            {plan.done_on === null && (
              <span>
                <Button kind="plain" icon="check" onClick={() => setAsked({ kind: 'done', plan })}>
                  {t('plan.done')}
                </Button>
                <Button kind="plain" icon="edit" aria-label={t('plan.act')} onClick={() => setAsked({ kind: 'edit', plan })} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {asked?.kind === 'edit' && <PlanDialog view={view} plan={asked.plan} onClose={close} />}
      {asked?.kind === 'done' && asked.plan && <DoneDialog plan={asked.plan} onClose={close} />}
    </div>
  );
}

/** A plan in one line: what, by when, by whom; late with a clock beside. */
export function PlanText({ plan }: { plan: Plan }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const by = { day: formatShortDay(plan.due_on, today), owner: plan.owner };
  if (plan.done_on !== null) {
    return (
      <span className="quiet selectable">
        <Icon name="check" /> {plan.words} · {t('plan.was_done', { day: formatShortDay(plan.done_on, today) })} {plan.note}
      </span>
    );
  }
  return (
    <span className="selectable">
      {plan.words}{' '}
      <span className={plan.is_late ? styles.due : 'quiet'}>
        {plan.is_late && <Icon name="clock" />} {t(plan.is_late ? 'plan.late' : 'plan.line', by)}
      </span>
    </span>
  );
}

function PlanDialog({ view, plan, onClose }: { view: View; plan: Plan | undefined; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const people = (useAsk('staff_list', {}, { tables: ['staff'] }).data?.people ?? []).filter((person) => person.is_active);
  const [words, setWords] = useState(plan?.words ?? '');
  const [due, setDue] = useState(plan?.due_on ?? '');
  const [owner, setOwner] = useState(plan ? String(plan.owner_id) : '');
  const key = useRef(newClientKey());
  const save = useAct('customer_plan_save');
  const keep = () => save.mutate({ id: plan?.id ?? null, customer_id: view.customer_id, words, due_on: due, owner_id: people.find((person) => String(person.id) === owner)?.id ?? null, client_key: key.current }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('plan.act')}
      problem={save.error?.whole}
      busy={save.isPending}
      disabled={due === ''}
      onClose={onClose}
      onSave={keep}
    >
      <TextField label={t('plan.words')} value={words} error={save.error?.of('words')} onChange={(event) => setWords(event.target.value)} data-autofocus />
      <Field label={t('plan.due')} error={save.error?.of('due_on')}>
        {(ids) => <DayField id={ids.id} value={due} from={today} onChange={setDue} />}
      </Field>
      <Field label={t('plan.owner')} error={save.error?.of('owner_id')}>
        {(ids) => <Pick field id={ids.id} label={t('plan.owner')} value={owner} options={people.map((person) => ({ value: String(person.id), word: person.name }))} onChange={setOwner} />}
      </Field>
    </FormDialog>
  );
}

function DoneDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [note, setNote] = useState('');
  const done = useAct('customer_plan_done');
  return (
    <FormDialog
      title={t('plan.done_title')}
      deed={t('plan.done')}
      problem={done.error?.whole}
      busy={done.isPending}
      onClose={onClose}
      onSave={() => done.mutate({ id: plan.id, note: note || null }, { onSuccess: onClose })}
    >
      <p>{plan.words}</p>
      <TextField label={t('plan.outcome')} value={note} error={done.error?.of('note')} onChange={(event) => setNote(event.target.value)} data-autofocus />
    </FormDialog>
  );
}
