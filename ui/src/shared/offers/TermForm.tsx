// An agreement with one customer, written down: what, who agreed, until when, what it costs. A trial names the day on which
// it is looked at and what has to be seen by then.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '../antd/DayField.tsx';
import { useBook, useCurrencySign } from '../book.tsx';
import { CustomerPick, type Chosen } from '../customer/CustomerPick.tsx';
import { parseAmount } from '../format/index.ts';
import { AmountInput } from '../parts/AmountInput.tsx';
import { Field, TextArea, TextField } from '../parts/Field.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { asMinor, useAgree } from './held.ts';

const empty = { text: '', agreedBy: '', percent: '', from: '', until: '', cost: '', review: '', criteria: '' };

export function TermForm({ customer, onClose }: { customer?: Chosen; onClose: () => void }) {
  const { t } = useTranslation('terms');
  const { t: word } = useTranslation('common');
  const { currency, today } = useBook();
  const sign = useCurrencySign();
  const [who, setWho] = useState<Chosen | null>(customer ?? null);
  const [draft, setDraft] = useState(empty);
  const set = (change: Partial<typeof empty>) => setDraft((before) => ({ ...before, ...change }));
  const [wasTried, setTried] = useState(false);
  const key = useRef(newClientKey());
  const agree = useAgree();
  const { error } = agree;
  const read = (text: string, decimals: number) => (text.trim() === '' ? null : parseAmount(text, decimals));
  const [discount, cost] = [read(draft.percent, 2), read(draft.cost, currency.exponent)];
  const isReadable = who !== null && draft.until !== '' && discount !== undefined && cost !== undefined;
  const send = () => {
    setTried(true);
    if (!isReadable) return;
    agree.mutate(
      {
        client_key: key.current,
        customer_id: who.id,
        text: draft.text,
        agreed_by: draft.agreedBy,
        discount_bp: discount,
        from_on: draft.from || null,
        until_on: draft.until,
        cost_minor: cost === null ? null : asMinor(cost),
        review_on: draft.review || null,
        criteria: draft.criteria || null,
      },
      { onSuccess: onClose },
    );
  };
  const missing = (is: boolean) => (wasTried && is ? t('missing') : undefined);
  const unread = (value: number | null | undefined) => (wasTried && value === undefined ? word('unreadable') : undefined);
  const day = (label: string, field: 'from' | 'until' | 'review', problem: string | undefined, optional = true) => (
    <Field label={label} optional={optional} error={problem}>
      {(ids) => <DayField id={ids.id} value={draft[field]} from={field === 'from' ? undefined : today} onChange={(value) => set({ [field]: value })} invalid={problem !== undefined} />}
    </Field>
  );
  return (
    <FormDialog wide pair title={customer ? t('new_for', { name: customer.name }) : t('new')} deed={t('save')} problem={error?.whole} busy={agree.isPending} onClose={onClose} onSave={send}>
      {!customer && <CustomerPick label={t('customer')} required autoFocus value={who} onChange={setWho} error={missing(who === null) ?? error?.of('customer_id')} />}
      <TextArea wide label={t('text')} value={draft.text} placeholder={t('text_example')} onChange={(event) => set({ text: event.target.value })} error={error?.of('text')} data-autofocus={customer ? true : undefined} />
      <TextField label={t('agreed_by')} value={draft.agreedBy} placeholder={t('agreed_by_example')} onChange={(event) => set({ agreedBy: event.target.value })} error={error?.of('agreed_by')} />
      <TextField label={t('percent')} optional inputMode="decimal" value={draft.percent} help={t('percent_help')} onChange={(event) => set({ percent: event.target.value })} error={unread(discount) ?? error?.of('discount_bp')} />
      {day(t('from'), 'from', error?.of('from_on'))}
      {day(t('until'), 'until', missing(draft.until === '') ?? error?.of('until_on'), false)}
      <Field label={t('cost')} optional help={t('cost_help')} error={unread(cost) ?? error?.of('cost_minor')}>
        {(ids) => <AmountInput id={ids.id} label={t('cost')} value={draft.cost} onChange={(text) => set({ cost: text })} symbol={sign} describedBy={ids['aria-describedby']} />}
      </Field>
      {day(t('review'), 'review', error?.of('review_on'))}
      {(draft.review !== '' || error?.of('criteria')) && <TextArea wide label={t('criteria')} value={draft.criteria} placeholder={t('criteria_example')} onChange={(event) => set({ criteria: event.target.value })} error={error?.of('criteria')} />}
    </FormDialog>
  );
}
