// Suggestions that the owner confirms together: the picked ones, or all, get a class by hand with one reason and one last
// day. What was confirmed is taken back in the same place.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useConfirm, useConfirmUndo, useScheme, useSchemes, useService, type Person, type Who } from './queries.ts';
import styles from './segmentation.module.css';

type Id = Person['customer']['id'];

/** The class that stands for promising customers in the ready-made schemes. */
const PROMISING = 'potential';

export interface Confirmed {
  pins: readonly number[];
  name: string;
}

interface Props {
  who: Who;
  /** Those who were picked; none means everybody. */
  only: readonly Id[];
  total: number;
  onDone: (confirmed: Confirmed) => void;
  onClose: () => void;
}

export function ConfirmDialog({ who, only, total, onDone, onClose }: Props) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const primary = useSchemes().data?.schemes.find((scheme) => scheme.is_primary);
  const tags = (useScheme(primary?.key).data?.classes ?? []).map((one) => one.tag);
  // At the end of a trial the class that follows it is meant.
  const policies = useService(who.kind === 'trial' ? primary?.key : undefined).data?.classes ?? [];
  const follows = who.kind === 'trial' ? policies.find((one) => one.tag.key === who.class)?.policy.trial?.next_class : undefined;
  const [picked, setPicked] = useState<string>();
  const chosen = tags.find((tag) => tag.key === (picked ?? follows ?? PROMISING)) ?? tags[0];
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const act = useConfirm();
  const people = only.length > 0 ? only.length : total;
  const keep = () => chosen && act.mutate({ who, ...(only.length > 0 ? { only: [...only] } : {}), class: chosen.key, reason, until }, { onSuccess: ({ pins }) => onDone({ pins, name: chosen.name }) });
  return (
    <Dialog
      title={t('confirm.title', { n: formatCount(people) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" busy={act.isPending} disabled={!chosen || until === ''} onClick={keep}>
            {t('confirm.act', { n: formatCount(people), name: chosen?.name ?? '' })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className="quiet small">{t('confirm.help', { scheme: primary?.name ?? '' })}</p>
        {act.error && (act.error.fields.length === 0 || act.error.of('only')) && <Notice tone="late">{act.error.of('only') ?? act.error.message}</Notice>}
        <Field label={t('card.class')} error={act.error?.of('class_key')}>
          {(ids) => <Pick field id={ids.id} label={t('card.class')} value={chosen?.key ?? ''} options={tags.map((tag) => ({ value: tag.key, word: tag.name }))} onChange={setPicked} />}
        </Field>
        <TextField label={t('card.reason')} value={reason} error={act.error?.of('reason')} onChange={(event) => setReason(event.target.value)} data-autofocus />
        <Field label={t('card.until')} error={act.error?.of('until')}>
          {(ids) => <DayField id={ids.id} value={until} from={today} onChange={setUntil} />}
        </Field>
      </div>
    </Dialog>
  );
}

/** What was confirmed, with the way back beside it. */
export function ConfirmedNotice({ confirmed, onUndone }: { confirmed: Confirmed; onUndone: () => void }) {
  const { t } = useTranslation('segmentation');
  const undo = useConfirmUndo();
  return (
    <Notice
      tone={undo.error ? 'late' : 'done'}
      action={
        <Button kind="plain" busy={undo.isPending} onClick={() => undo.mutate({ pins: [...confirmed.pins] }, { onSuccess: onUndone })}>
          {t('confirm.undo')}
        </Button>
      }
    >
      {undo.error?.message ?? t('confirm.done', { n: formatCount(confirmed.pins.length), name: confirmed.name })}
    </Notice>
  );
}
