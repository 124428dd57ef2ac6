// Something is promised to the customer with a date of its own: what, until which day, or until what time of it.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Correction } from './CorrectionForms.tsx';
import { DateFields, useDateFields } from './DateFields.tsx';
import { asMinor, remedies, usePromise, type Case, type RemedyKind } from './queries.ts';
import styles from './complaints.module.css';

export function PromiseForm({ view, onDone }: { view: Case; onDone: () => void }) {
  const { t } = useTranslation('complaints');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [kind, setKind] = useState<RemedyKind>('repair');
  const [text, setText] = useState('');
  const [cost, setCost] = useState('');
  const date = useDateFields();
  const key = useRef(newClientKey());
  const act = usePromise();
  const amount = parseAmount(cost, currency.exponent);
  const isUnread = cost !== '' && amount === undefined;
  const send = () => {
    if (isUnread || date.isUnread) return;
    act.mutate({ client_key: key.current, id: view.row.id, kind, text, ...date.due(), cost_minor: amount === undefined ? null : asMinor(amount) }, { onSuccess: onDone });
  };
  return (
    <Correction word={t('promised.confirm')} busy={act.isPending} error={act.error} onSend={send}>
      <Field label={t('promised.kind')} error={act.error?.of('kind')}>
        {() => <Choice label={t('promised.kind')} value={kind} onChange={setKind} options={remedies.map((value) => ({ value, word: t(`promised.kinds.${value}`) }))} />}
      </Field>
      <TextField label={t('promised.text')} autoFocus value={text} placeholder={t('promised.text_example')} onChange={(event) => setText(event.target.value)} error={act.error?.of('text')} />
      <DateFields date={date} error={act.error?.of('due_on') ?? act.error?.of('due_at')} />
      <div className={styles.pair}>
        <Field label={t('promised.cost')} optional error={isUnread ? t('resolve.cost_unread') : act.error?.of('cost_minor')}>
          {(ids) => <AmountInput id={ids.id} label={t('promised.cost')} symbol={sign} value={cost} onChange={setCost} invalid={isUnread} describedBy={ids['aria-describedby']} placeholder="0.00" />}
        </Field>
      </div>
    </Correction>
  );
}
