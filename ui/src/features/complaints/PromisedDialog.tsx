// What became of something that was promised: it was done, another day was agreed, or nobody wants it any more.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { DateFields, useDateFields } from './DateFields.tsx';
import { asMinor, useChangePromise, useDropPromise, useFinishPromise, type Remedy } from './queries.ts';

export type Deed = 'done' | 'move' | 'drop';

interface Props {
  remedy: Remedy;
  onClose: () => void;
}

export function PromisedDialog({ deed, ...props }: Props & { deed: Deed }) {
  if (deed === 'done') return <DoneDialog {...props} />;
  return deed === 'move' ? <MoveDialog {...props} /> : <DropDialog {...props} />;
}

const plain = (minor: number, exponent: number): string => (minor === 0 ? '' : (minor / 10 ** exponent).toFixed(exponent));

function DoneDialog({ remedy, onClose }: Props) {
  const { t } = useTranslation('complaints');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [text, setText] = useState('');
  const [cost, setCost] = useState(plain(remedy.cost_minor, currency.exponent));
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useFinishPromise();
  const amount = cost === '' ? 0 : parseAmount(cost, currency.exponent);
  const save = () => amount !== undefined && mutate({ client_key: key.current, id: remedy.id, at: null, cost_minor: remedy.is_compensation ? null : asMinor(amount), text: text.trim() || null }, { onSuccess: onClose });
  return (
    <FormDialog title={t('promised.deed.done')} deed={t('promised.deed.done')} problem={error?.whole} busy={isPending} onClose={onClose} onSave={save}>
      <p>{remedy.text}</p>
      <TextField label={t('promised.result')} optional autoFocus value={text} placeholder={t('promised.result_example')} onChange={(event) => setText(event.target.value)} error={error?.of('text')} />
      {!remedy.is_compensation && (
        <Field label={t('promised.cost_in_the_end')} optional error={amount === undefined ? t('resolve.cost_unread') : error?.of('cost_minor')}>
          {(ids) => <AmountInput id={ids.id} label={t('promised.cost_in_the_end')} symbol={sign} value={cost} onChange={setCost} invalid={amount === undefined} describedBy={ids['aria-describedby']} placeholder="0.00" />}
        </Field>
      )}
    </FormDialog>
  );
}

function MoveDialog({ remedy, onClose }: Props) {
  const { t } = useTranslation('complaints');
  const [reason, setReason] = useState('');
  const date = useDateFields();
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useChangePromise();
  const save = () => !date.isUnread && mutate({ client_key: key.current, id: remedy.id, ...date.due(), reason }, { onSuccess: onClose });
  return (
    <FormDialog title={t('promised.deed.move')} deed={t('promised.deed.move')} problem={error?.whole} busy={isPending} onClose={onClose} onSave={save}>
      <p>{remedy.text}</p>
      <DateFields date={date} error={error?.of('due_on') ?? error?.of('due_at')} />
      <TextField label={t('correct.reason')} value={reason} placeholder={t('promised.move_example')} help={t('promised.move_help')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} />
    </FormDialog>
  );
}

function DropDialog({ remedy, onClose }: Props) {
  const { t } = useTranslation('complaints');
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const { mutate, isPending, error } = useDropPromise();
  return (
    <FormDialog title={t('promised.deed.drop')} deed={t('promised.deed.drop')} problem={error?.whole} busy={isPending} onClose={onClose} onSave={() => mutate({ client_key: key.current, id: remedy.id, reason }, { onSuccess: onClose })}>
      <p>{remedy.text}</p>
      <TextField label={t('correct.reason')} autoFocus value={reason} placeholder={t('promised.drop_example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} />
    </FormDialog>
  );
}
