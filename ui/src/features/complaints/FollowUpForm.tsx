// The follow-up within 72 hours: what the customer says now. No sales in it.
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { useNow } from '@/shared/clock.ts';
import { formatInstant } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice, Refused } from '@/shared/parts/States.tsx';
import { channels, useFollowUp, type Case, type Channel, type FollowUpResult } from './queries.ts';
import { SalesGuard, ScriptPicker } from './ScriptPicker.tsx';
import styles from './complaints.module.css';

const scripts = ['follow_up'] as const;
const results: readonly FollowUpResult[] = ['satisfied', 'neutral', 'unhappy', 'unreachable'];

export function FollowUpForm({ view, onDone }: { view: Case; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const [channel, setChannel] = useState<Channel>('phone');
  const [result, setResult] = useState<FollowUpResult>('satisfied');
  const [text, setText] = useState('');
  const [script, setScript] = useState('');
  const key = useRef(newClientKey());
  const followUp = useFollowUp();
  const now = useNow(30_000);
  const from = view.follow_up_from;
  const isEarly = from !== null && new Date(from).getTime() > now;
  // From the result on to what the customer said, not from one result to the next.
  const said = useRef<HTMLInputElement>(null);
  const toText = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    said.current?.focus();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!followUp.isPending) followUp.mutate({ client_key: key.current, id: view.row.id, channel, result, text: text.trim() || null }, { onSuccess: onDone });
  };
  return (
    <form className={styles.steps} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      {isEarly && <Notice>{t('follow_up.early', { at: formatInstant(from, zone, today) })}</Notice>}
      <Field label={t('respond.channel')} error={followUp.error?.of('channel')}>
        {() => <Choice label={t('respond.channel')} value={channel} onChange={setChannel} options={channels.map((value) => ({ value, word: t(`channel.${value}`) }))} />}
      </Field>
      <Field label={t('follow_up.result')} error={followUp.error?.of('result')}>
        {() => (
          <div role="presentation" data-begin onKeyDown={toText}>
            <Choice label={t('follow_up.result')} autoFocus={!isEarly} value={result} onChange={setResult} options={results.map((value) => ({ value, word: t(`result.${value}`) }))} />
          </div>
        )}
      </Field>
      <ScriptPicker view={view} names={scripts} text={script} onText={setScript} />
      <SalesGuard text={`${script} ${text}`} />
      <TextField label={t('follow_up.text')} inputRef={said} optional value={text} onChange={(event) => setText(event.target.value)} error={followUp.error?.of('text')} />
      {view.desk.attempts > 0 && <p className="quiet small">{t('follow_up.attempts', { n: view.desk.attempts })}</p>}
      <Refused error={followUp.error} />
      <div>
        <Button kind="main" type="submit" hint="Enter" busy={followUp.isPending}>
          {t('follow_up.confirm')}
        </Button>
      </div>
    </form>
  );
}
