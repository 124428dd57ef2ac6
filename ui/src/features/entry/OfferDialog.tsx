// An offer, made as sentences; below them what it would have been in the last thirty days, before anybody promises it.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { draftOf, emptyDraft, kinds, newRow, readDraft, type Draft } from './draft.ts';
import { useSave, useTrial, type OfferRow } from './queries.ts';
import { RuleFields } from './RuleFields.tsx';
import { TermsFields } from './TermsFields.tsx';
import { TrialNotice } from './TrialNotice.tsx';
import styles from './entry.module.css';

export function OfferDialog({ row, onClose }: { row: OfferRow | undefined; onClose: () => void }) {
  const { t } = useTranslation('entry');
  const { currency, today } = useBook();
  const nameOf = (id: number) => row?.products.find((product) => product.id === id)?.name ?? '';
  const [draft, setDraft] = useState<Draft>(() => (row ? draftOf(row.name, row.offer, today, currency.exponent, nameOf) : emptyDraft(today)));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const [wasTried, setTried] = useState(false);
  const save = useSave();
  const offer = readDraft(draft, currency.exponent);
  const trial = useTrial(offer);
  const send = () => {
    setTried(true);
    if (offer) save.mutate({ client_key: key.current, id: row?.id ?? null, name: draft.name, offer }, { onSuccess: onClose });
  };
  const problem = (field: string) => save.error?.of(field) ?? (field.startsWith('offer.') ? trial.error?.of(field.slice('offer.'.length)) ?? trial.error?.of(field) : undefined);
  const shown = offer && trial.data && !trial.error ? trial.data : undefined;
  return (
    <FormDialog
      wide
      title={row ? t('change', { name: row.name }) : t('new')}
      deed={row ? t('save_change') : t('save')}
      problem={save.error?.whole}
      busy={save.isPending}
      onClose={onClose}
      onSave={send}
    >
      <TextField label={t('name')} value={draft.name} placeholder={t('name_example')} onChange={(event) => set({ name: event.target.value })} error={save.error?.of('name')} />
      <Choice label={t('kind')} value={draft.kind} options={kinds.map((value) => ({ value, word: t(`kinds.${value}`) }))} onChange={(kind) => set({ kind, rows: [newRow()], less: '' })} />
      <p className="quiet small">{t(`kind_help.${draft.kind}`)}</p>
      <RuleFields draft={draft} onChange={set} problem={problem} />
      <TermsFields draft={draft} onChange={set} problem={problem} />
      {shown && (
        <div className={styles.trial}>
          <TrialNotice trial={shown} />
        </div>
      )}
      {wasTried && !offer && <Notice tone="late">{t('unfinished')}</Notice>}
    </FormDialog>
  );
}
