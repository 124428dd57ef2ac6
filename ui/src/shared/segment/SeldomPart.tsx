// Why somebody comes seldom: the reasons that were written down, newest first, and a picker for the next one.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey, useAct } from '@/backend/index.ts';
import { useBook } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Choice } from '../parts/Choice.tsx';
import { TextField } from '../parts/Field.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import type { SegmentCardView as View } from './card.ts';
import styles from './SegmentCard.module.css';

const reasons = ['little_need', 'price', 'service', 'competitor', 'moved', 'unknown'] as const;
type Why = (typeof reasons)[number];

export function SeldomPart({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.part}>
      <header className={styles.partHead}>
        <h3>{t('seldom.title')}</h3>
        <Button kind="plain" icon="edit" onClick={() => setAsking(true)}>
          {t('seldom.act')}
        </Button>
      </header>
      {view.seldom.length === 0 && view.comes_seldom && <p className={`${styles.due} small`}>{t('seldom.ask')}</p>}
      <ul className="small">
        {view.seldom.map((one, n) => (
          <li key={`${one.on} ${one.why} ${one.note ?? ''}`} className={n === 0 ? 'selectable' : 'selectable quiet'}>
            <strong>{t(`seldom.why.${one.why}`)}</strong> {one.note} <span className="quiet">{t('seldom.said', { day: formatShortDay(one.on, today), by: one.by })}</span>
          </li>
        ))}
      </ul>
      {asking && <SeldomDialog view={view} onClose={() => setAsking(false)} />}
    </div>
  );
}

function SeldomDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [why, setWhy] = useState<Why>(view.seldom[0]?.why ?? 'little_need');
  const [note, setNote] = useState('');
  const key = useRef(newClientKey());
  const add = useAct('seldom_reason_add');
  return (
    <FormDialog
      title={t('seldom.act')}
      problem={add.error?.whole}
      busy={add.isPending}
      onClose={onClose}
      onSave={() => add.mutate({ customer_id: view.customer_id, why, note: note || null, client_key: key.current }, { onSuccess: onClose })}
    >
      <Choice label={t('seldom.title')} value={why} options={reasons.map((value) => ({ value, word: t(`seldom.why.${value}`) }))} onChange={setWhy} />
      <TextField label={t('seldom.note')} value={note} error={add.error?.of('note')} onChange={(event) => setNote(event.target.value)} data-autofocus />
    </FormDialog>
  );
}
