// A confirmed answer to the customer. A note or a draft is none: a person says that it went out, and how.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { channels, useRespond, type Channel, type ComplaintId } from './queries.ts';
import styles from './complaints.module.css';

export function RespondForm({ id, onDone }: { id: ComplaintId; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const [channel, setChannel] = useState<Channel>('phone');
  const [text, setText] = useState('');
  const key = useRef(newClientKey());
  const respond = useRespond();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!respond.isPending) respond.mutate({ client_key: key.current, id, channel, text: text.trim() || null }, { onSuccess: onDone });
  };
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <Field label={t('respond.channel')} error={respond.error?.of('channel')}>
        {() => <Choice label={t('respond.channel')} value={channel} onChange={setChannel} options={channels.map((value) => ({ value, word: t(`channel.${value}`) }))} />}
      </Field>
      <TextField label={t('respond.text')} value={text} autoFocus onChange={(event) => setText(event.target.value)} placeholder={t('respond.example')} error={respond.error?.of('text')} />
      {respond.error && respond.error.fields.length === 0 && <Notice tone="late">{respond.error.message}</Notice>}
      <div>
        <Button kind="main" type="submit" hint="Enter" busy={respond.isPending}>
          {t('respond.confirm')}
        </Button>
      </div>
    </form>
  );
}
