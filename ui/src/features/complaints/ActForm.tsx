// An answer, a resolution or a call took place at another time than was entered. The verdict stays; what the true time
// says stands beside it.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant, newClientKey } from '@/backend/index.ts';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Correction } from './CorrectionForms.tsx';
import { MomentFields, useMomentFields } from './MomentFields.tsx';
import { useCorrectAct, type Case } from './queries.ts';

const acts = ['response', 'resolution', 'follow_up'] as const;
type Act = (typeof acts)[number];

/** The entries that an act is. Resolving counts as an answer too. */
const entries: Record<Act, readonly string[]> = { response: ['responded', 'resolved'], resolution: ['resolved'], follow_up: ['followed_up'] };

/** When an act took place as it was entered, in this cycle; before it was, when its promise was judged. */
function enteredAt(view: Case, act: Act): string {
  const reopened = view.events.map((event) => event.kind).lastIndexOf('reopened');
  const entered = view.events.slice(reopened + 1).find((event) => entries[act].includes(event.kind));
  const verdict = [...view.verdicts].reverse().find((each) => each.promise === act);
  return entered?.at ?? verdict?.noticed_at ?? view.row.received_at;
}

export function ActForm({ view, onDone }: { view: Case; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const done = acts.filter((act) => view.verdicts.some((verdict) => verdict.promise === act));
  const [promise, setPromise] = useState<Act>(done[0] ?? 'response');
  const moment = useMomentFields(enteredAt(view, promise));
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const act = useCorrectAct();
  const send = () => moment.at !== undefined && act.mutate({ client_key: key.current, id: view.row.id, promise, happened_at: asInstant(moment.at), reason }, { onSuccess: onDone });
  return (
    <Correction word={t('correct.save')} busy={act.isPending} error={act.error} onSend={send}>
      <Field label={t('correct.act')} error={act.error?.of('promise')}>
        {() => <Choice label={t('correct.act')} value={promise} onChange={setPromise} options={(done.length > 0 ? done : acts).map((value) => ({ value, word: t(`promise.${value}`) }))} />}
      </Field>
      <MomentFields moment={moment} label={t('correct.act_day')} error={act.error?.of('happened_at')} />
      <TextField label={t('correct.reason')} value={reason} placeholder={t('correct.act_example')} onChange={(event) => setReason(event.target.value)} error={act.error?.of('reason')} />
    </Correction>
  );
}
