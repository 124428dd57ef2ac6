// A new batch: what it is worth, from which sale on, how long, for whom; with number and cost before it is issued.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { LeftOutLine } from '@/shared/customer/LeftOut.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { AudienceFields } from './AudienceFields.tsx';
import { readDraft, type Draft } from './draft.ts';
import styles from './offers.module.css';
import { useIssue, usePreview, type Batch } from './queries.ts';
import { StackableCheck, WorthFields } from './WorthFields.tsx';

export function IssueDialog({ start, onClose, onIssued }: { start: Draft; onClose: () => void; onIssued: (batch: Batch) => void }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const money = useMoney();
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const issue = useIssue();
  const { issue: input, unread } = readDraft(draft, currency.exponent);
  const preview = usePreview(input);
  const send = () => {
    if (input) issue.mutate({ ...input, client_key: key.current }, { onSuccess: onIssued });
  };
  const { error } = issue;
  const problem = (field: string) => (unread.has(field) ? word('unreadable') : (error?.of(field) ?? (field === 'name' ? undefined : preview.error?.of(field))));
  const shown = input && !preview.error ? preview.data : undefined;
  return (
    <FormDialog
      wide
      pair
      title={t('issue')}
      deed={shown ? t('issue_n', { n: formatCount(shown.coupons) }) : t('issue')}
      problem={error?.whole}
      busy={issue.isPending}
      disabled={input === undefined}
      onClose={onClose}
      onSave={send}
    >
      <TextField label={t('name')} value={draft.name} placeholder={t('name_example')} onChange={(event) => set({ name: event.target.value })} error={problem('name')} data-autofocus />
      <TextField label={t('campaign')} optional value={draft.campaign} placeholder={t('campaign_example')} onChange={(event) => set({ campaign: event.target.value })} error={problem('campaign')} />
      <WorthFields draft={draft} onChange={set} problem={problem} budget={t('budget')} />
      <AudienceFields draft={draft} onChange={set} problem={problem} />
      <StackableCheck draft={draft} onChange={set} />
      {shown && (
        <div className={styles.told}>
          <Notice tone={shown.is_over_budget ? 'late' : 'info'}>
            {t('preview', { n: formatCount(shown.coupons), most: shown.most_minor == null ? t('no_limit') : money(shown.most_minor) })}
          </Notice>
          <LeftOutLine rows={shown.left_out} people={shown.left_out_people} />
        </div>
      )}
    </FormDialog>
  );
}
