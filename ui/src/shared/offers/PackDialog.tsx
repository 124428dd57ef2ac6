// One pack: what is left and what it is worth, a use with its slip, a rest, a use taken back, the rest given back. Everything
// that happened to it stands below and stays.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { isComposing, useKey } from '../hooks/keys.ts';
import { Button } from '../parts/Button.tsx';
import { Figure } from '../parts/Card.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { TextField } from '../parts/Field.tsx';
import { ErrorState, LoadingState, Notice, Refused } from '../parts/States.tsx';
import { isOpen, useFreeze, usePacks, useUnfreeze, useUsePack, type CustomerId, type Pack, type PackEntry } from './held.ts';
import styles from './offers.module.css';
import { PackEntries } from './PackEntries.tsx';
import { GiveBackForm, TakeBackForm } from './PackForms.tsx';
import { PackSlip } from './PackSlip.tsx';

type Doing = { kind: 'give_back' } | { kind: 'take_back'; entry: PackEntry };

export function PackDialog({ id, customer, onClose }: { id: number; customer: CustomerId; onClose: () => void }) {
  const { t } = useTranslation('packs');
  const { data, error } = usePacks(customer);
  const pack = data?.rows.find((row) => row.id === id);
  const [doing, setDoing] = useState<Doing>();
  const [printing, setPrinting] = useState<PackEntry>();
  const newest = pack?.entries.find((entry) => entry.event === 'used' && !entry.is_taken_back);
  useKey('Ctrl+P', () => setPrinting(newest), newest !== undefined && printing === undefined);
  // The slip stands in place of the pack, so neither of the two sheets knows where the focus came from.
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => (before instanceof HTMLElement ? before.focus() : undefined), [before]);
  if (pack && printing) return <PackSlip pack={pack} entry={printing} onClose={() => setPrinting(undefined)} />;
  const done = () => setDoing(undefined);
  return (
    <Dialog wide title={pack ? `${pack.name} #${pack.id}` : t('title')} onClose={onClose}>
      {error && <ErrorState message={error.message} />}
      {!pack && !error && <LoadingState />}
      {pack && (
        <div className={styles.pack}>
          <Standing pack={pack} />
          {doing === undefined && <Steps pack={pack} newest={newest} onPrint={setPrinting} onGiveBack={() => setDoing({ kind: 'give_back' })} />}
          {doing?.kind === 'give_back' && <GiveBackForm pack={pack} onDone={done} />}
          {doing?.kind === 'take_back' && <TakeBackForm entry={doing.entry} onDone={done} />}
          <PackEntries pack={pack} onPrint={setPrinting} onTakeBack={(entry) => setDoing({ kind: 'take_back', entry })} />
        </div>
      )}
    </Dialog>
  );
}

function Standing({ pack }: { pack: Pack }) {
  const { t } = useTranslation('packs');
  const money = useMoney();
  const { today } = useBook();
  const { standing } = pack;
  const day = standing.until_on ? formatShortDay(standing.until_on, today) : t('no_end');
  return (
    <div className={styles.figures}>
      <Figure word={t('owner')}>{pack.customer_name}</Figure>
      <Figure word={t('left')} note={t('used', { n: standing.used })}>
        {standing.left} / {pack.sessions}
      </Figure>
      <Figure word={t('until')} note={standing.frozen_on ? t('rests_since', { day: formatShortDay(standing.frozen_on, today) }) : standing.is_expired ? t('expired') : undefined}>
        {day}
      </Figure>
      <Figure word={t('worth')} note={t('paid', { amount: money(pack.price_minor), no: pack.sale_no })}>
        {standing.is_closed ? t('closed') : money(pack.worth_minor)}
      </Figure>
    </div>
  );
}

function Steps({ pack, newest, onPrint, onGiveBack }: { pack: Pack; newest: PackEntry | undefined; onPrint: (entry: PackEntry) => void; onGiveBack: () => void }) {
  const { t } = useTranslation('packs');
  const [sessions, setSessions] = useState('1');
  const [note, setNote] = useState('');
  const key = useRef(newClientKey());
  const spend = useUsePack();
  const freeze = useFreeze();
  const unfreeze = useUnfreeze();
  const rests = pack.standing.frozen_on !== null;
  const error = spend.error ?? freeze.error ?? unfreeze.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (spend.isPending) return;
    const answer = {
      onSuccess: () => {
        key.current = newClientKey();
        setNote('');
      },
    };
    spend.mutate({ client_key: key.current, id: pack.id, sessions: /^\d+$/.test(sessions.trim()) ? Number(sessions) : 0, note: note || null }, answer);
  };
  const rest = (step: typeof freeze) => {
    // What a use was refused for says nothing about the rest.
    spend.reset();
    step.mutate({ client_key: newClientKey(), id: pack.id });
  };
  return (
    <>
      {isOpen(pack) && !rests && (
        <form
          className={styles.use}
          onSubmit={send}
          // One Enter uses the pack; the Enter that confirms a candidate of the input method does not.
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
          }}
        >
          <TextField label={t('sessions')} inputMode="numeric" value={sessions} onChange={(event) => setSessions(event.target.value)} error={spend.error?.of('sessions')} onFocus={(event) => event.target.select()} autoFocus />
          <TextField label={t('note')} optional value={note} placeholder={t('note_example')} onChange={(event) => setNote(event.target.value)} error={spend.error?.of('note')} />
          <Button kind="main" type="submit" hint="Enter" busy={spend.isPending}>
            {t('use')}
          </Button>
        </form>
      )}
      {spend.data && newest && !spend.error && (
        <Notice
          tone="done"
          action={
            <Button icon="print" hint="Ctrl+P" onClick={() => onPrint(newest)}>
              {t('slip')}
            </Button>
          }
        >
          {t('done', { n: newest.sessions, left: newest.left })}
        </Notice>
      )}
      <Refused error={error} />
      {!pack.standing.is_closed && (
        <div className={styles.row}>
          {rests ? (
            <Button kind="main" icon="next" busy={unfreeze.isPending} onClick={() => rest(unfreeze)} autoFocus>
              {t('unfreeze')}
            </Button>
          ) : (
            isOpen(pack) && (
              <Button icon="pause" busy={freeze.isPending} onClick={() => rest(freeze)}>
                {t('freeze')}
              </Button>
            )
          )}
          <Button icon="refund" onClick={onGiveBack}>
            {t('give_back')}
          </Button>
        </div>
      )}
    </>
  );
}
