// Two steps that ask first: a use that was a mistake, and a pack that is given back with the worth of its rest.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '../book.tsx';
import { Button } from '../parts/Button.tsx';
import { TextField } from '../parts/Field.tsx';
import { Notice, Refused } from '../parts/States.tsx';
import { useGiveBack, useTakeBack, type Pack, type PackEntry } from './held.ts';
import styles from './offers.module.css';

export function TakeBackForm({ entry, onDone }: { entry: PackEntry; onDone: () => void }) {
  const { t } = useTranslation('packs');
  const { t: word } = useTranslation('common');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const back = useTakeBack();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!back.isPending) back.mutate({ client_key: key.current, entry_id: entry.id, reason }, { onSuccess: onDone });
  };
  return (
    <form className={styles.step} onSubmit={send}>
      <Notice>{t('take_back_what', { n: entry.sessions, no: entry.id })}</Notice>
      <TextField label={t('reason')} value={reason} placeholder={t('reason_example')} onChange={(event) => setReason(event.target.value)} error={back.error?.of('reason')} autoFocus />
      <Refused error={back.error} />
      <div className={styles.row}>
        <Button kind="main" type="submit" busy={back.isPending}>
          {t('take_back')}
        </Button>
        <Button onClick={onDone}>{word('cancel')}</Button>
      </div>
    </form>
  );
}

export function GiveBackForm({ pack, onDone }: { pack: Pack; onDone: () => void }) {
  const { t } = useTranslation('packs');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const [note, setNote] = useState('');
  const key = useRef(newClientKey());
  const back = useGiveBack();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!back.isPending) back.mutate({ client_key: key.current, id: pack.id, note: note || null }, { onSuccess: onDone });
  };
  return (
    <form className={styles.step} onSubmit={send}>
      <Notice tone="soon">{t(pack.worth_minor > 0 ? 'give_back_what' : 'give_back_nothing', { n: pack.standing.left, amount: money(pack.worth_minor), no: pack.sale_no })}</Notice>
      <TextField label={t('note')} optional value={note} onChange={(event) => setNote(event.target.value)} error={back.error?.of('note')} autoFocus />
      {back.error && <Notice tone="late">{back.error.message}</Notice>}
      <div className={styles.row}>
        <Button kind="danger" type="submit" busy={back.isPending}>
          {t('give_back_now', { amount: money(pack.worth_minor) })}
        </Button>
        <Button onClick={onDone}>{word('cancel')}</Button>
      </div>
    </form>
  );
}
