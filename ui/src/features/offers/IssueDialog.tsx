// A new batch: what it is worth, from which sale on, how long, for whom; with number and cost before it is issued.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { asMinor, useIssue, usePreview, useTiers, type Issue } from './queries.ts';
import styles from './offers.module.css';

export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const money = useMoney();
  const [draft, setDraft] = useState({ name: '', value: '', minimum: '', days: '30', tier: '', number: '50', budget: '' });
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const tiers = useTiers();
  const issue = useIssue();
  const amount = (text: string) => (text.trim() === '' ? 0 : parseAmount(text, currency.exponent));
  const [value, minimum, budget] = [amount(draft.value), amount(draft.minimum), amount(draft.budget)];
  const [days, number] = [parseAmount(draft.days, 0), parseAmount(draft.number, 0)];
  const input: Issue | undefined =
    value === undefined || value <= 0 || minimum === undefined || budget === undefined || days === undefined || days < 1 || (draft.tier === '' && (number === undefined || number < 1))
      ? undefined
      : {
          name: draft.name,
          terms: { worth: { kind: 'value', value_minor: asMinor(value) }, minimum_minor: asMinor(minimum), is_stackable: false },
          audience: draft.tier === '' ? { kind: 'anybody', number: number ?? 0 } : { kind: 'tier', tier: draft.tier },
          valid_days: days,
          budget_minor: draft.budget.trim() === '' ? null : asMinor(budget),
        };
  const preview = usePreview(input);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (input && !issue.isPending) issue.mutate({ ...input, client_key: key.current }, { onSuccess: onClose });
  };
  const { error } = issue;
  const moneyField = (label: string, field: 'value' | 'minimum' | 'budget', problem: string | undefined) => (
    <Field label={label} optional={field !== 'value'} error={problem}>
      {(ids) => <AmountInput id={ids.id} label={label} value={draft[field]} onChange={(text) => set({ [field]: text })} symbol={sign} invalid={problem !== undefined} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  const shown = preview.data;
  return (
    <Dialog
      wide
      title={t('issue')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" busy={issue.isPending} disabled={input === undefined || undefined} onClick={() => form.current?.requestSubmit()}>
            {shown && input ? t('issue_n', { n: shown.coupons }) : t('issue')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <TextField label={t('name')} value={draft.name} placeholder={t('name_example')} onChange={(event) => set({ name: event.target.value })} error={error?.of('name')} />
        {moneyField(t('value'), 'value', error?.of('value_minor'))}
        {moneyField(t('minimum'), 'minimum', error?.of('minimum_minor'))}
        <TextField label={t('days')} inputMode="numeric" value={draft.days} onChange={(event) => set({ days: event.target.value })} error={error?.of('valid_days')} />
        <Field label={t('for_whom')} error={error?.of('audience')}>
          {(ids) => <Pick id={ids.id} field label={t('for_whom')} value={draft.tier} onChange={(tier) => set({ tier })} options={[{ value: '', word: t('anybody') }, ...(tiers.data?.steps ?? []).map((step) => ({ value: step.tier.name, word: step.tier.name }))]} />}
        </Field>
        {draft.tier === '' && <TextField label={t('number')} inputMode="numeric" value={draft.number} onChange={(event) => set({ number: event.target.value })} error={error?.of('audience.number')} />}
        {moneyField(t('budget'), 'budget', error?.of('budget_minor'))}
        {shown && input && (
          <Notice tone={shown.is_over_budget ? 'late' : 'info'}>
            {t('preview', { n: shown.coupons, most: shown.most_minor == null ? '—' : money(shown.most_minor) })} {shown.spared > 0 && t('spared', { n: shown.spared })}
          </Notice>
        )}
        {error && error.fields.length === 0 && <Notice tone="late">{error.message}</Notice>}
      </form>
    </Dialog>
  );
}
