// One line to write into: a note at once, or a contact with its kind, who began it and how long it took. Words after #
// become tags. Ctrl+N leads here from anywhere on the profile.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useAddNote, useInteract, type InteractionKind, type Profile } from './queries.ts';
import styles from './people.module.css';

const kinds: readonly InteractionKind[] = ['visit', 'phone', 'wechat', 'sms', 'email', 'call_on', 'post', 'survey', 'other'];

export function NoteLine({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<InteractionKind | 'note'>('note');
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [deep, setDeep] = useState(0);
  const [minutes, setMinutes] = useState('');
  const key = useRef(newClientKey());
  const input = useRef<HTMLInputElement>(null);
  const note = useAddNote();
  const interact = useInteract();
  useKey('Ctrl+N', () => input.current?.focus());
  const error = note.error ?? interact.error;
  const busy = note.isPending || interact.isPending;
  const onSuccess = () => {
    key.current = newClientKey();
    setText('');
    setMinutes('');
    setDeep(0);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || busy) return;
    const customer_id = profile.row.id;
    if (kind === 'note') note.mutate({ client_key: key.current, customer_id, text: text.trim() }, { onSuccess });
    else interact.mutate({ client_key: key.current, customer_id, kind, direction: kind === 'post' ? 'none' : direction, text: text.trim(), is_answered: direction === 'in', is_deep: deep === 1, minutes: minutes === '' ? null : Number(minutes) }, { onSuccess });
  };
  return (
    <form className={styles.note} onSubmit={send}>
      <div className={styles.noteLine}>
        <Field label={p('note.kind')}>{(ids) => <Pick id={ids.id} field label={p('note.kind')} value={kind} onChange={(value) => setKind(value as InteractionKind | 'note')} options={[{ value: 'note', word: p('note.plain') }, ...kinds.map((value) => ({ value, word: p(`interaction.${value}`) }))]} />}</Field>
        <TextField inputRef={input} label={t('timeline.note')} value={text} onChange={(event) => setText(event.target.value)} placeholder={p('note.example')} error={error?.of('text') ?? error?.message} />
        <Button type="submit" hint="Enter" busy={busy} disabled={text.trim() === '' || undefined}>
          {t('timeline.add')}
        </Button>
      </div>
      {kind !== 'note' && kind !== 'post' && (
        <div className={styles.noteMore}>
          <Choice
            label={p('note.who')}
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'in', word: p('note.in') },
              { value: 'out', word: p('note.out') },
            ]}
          />
          <Choice
            label={p('note.depth')}
            value={deep}
            onChange={setDeep}
            options={[
              { value: 0, word: p('note.usual') },
              { value: 1, word: p('note.deep') },
            ]}
          />
          <input className={styles.minutes} value={minutes} inputMode="numeric" aria-label={p('note.minutes')} placeholder={p('note.minutes')} onChange={(event) => setMinutes(event.target.value.replace(/\D/g, '').slice(0, 4))} />
        </div>
      )}
    </form>
  );
}
