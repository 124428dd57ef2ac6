// A confirmed answer to the customer. A note or a draft is none: a person says that it went out, and how.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { channels, useRespond, type Case, type Channel } from './queries.ts';
import { ScriptPicker } from './ScriptPicker.tsx';
import styles from './complaints.module.css';

const scripts = ['first_response', 'apology', 'progress', 'solution'] as const;

export function RespondForm({ view, onDone }: { view: Case; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const { channels: suggested, channels_missing: missing } = view.desk;
  const first = channels.find((each) => each === (missing[0] ?? suggested[0])) ?? 'phone';
  const [channel, setChannel] = useState<Channel>(first);
  const [text, setText] = useState('');
  const [script, setScript] = useState('');
  const key = useRef(newClientKey());
  const respond = useRespond();
  const word = (name: string) => {
    const known = channels.find((each) => each === name);
    return known ? t(`channel.${known}`) : name;
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!respond.isPending) respond.mutate({ client_key: key.current, id: view.row.id, channel, text: text.trim() || script.trim() || null }, { onSuccess: onDone });
  };
  const help = missing.length > 0 ? t('respond.missing', { ways: missing.map(word).join(t('respond.and')) }) : t('respond.suggested', { ways: suggested.map(word).join(t('and')) });
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <Field label={t('respond.channel')} help={help} error={respond.error?.of('channel')}>
        {() => <Choice label={t('respond.channel')} value={channel} onChange={setChannel} options={channels.map((value) => ({ value, word: t(`channel.${value}`) }))} />}
      </Field>
      <ScriptPicker view={view} names={scripts} text={script} onText={setScript} />
      <TextField label={t('respond.text')} value={text} autoFocus onChange={(event) => setText(event.target.value)} placeholder={t('respond.example')} error={respond.error?.of('text')} />
      <Refused error={respond.error} />
      <div>
        <Button kind="main" type="submit" hint="Enter" busy={respond.isPending}>
          {t('respond.confirm')}
        </Button>
      </div>
    </form>
  );
}
