// Opening a case takes under ten seconds: a customer, one line, Enter. Everything else is optional.
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant, newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { useNow } from '@/shared/clock.ts';
import { formatShortDay } from '@/shared/format/index.ts';
import { isComposing, useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { go, goBack, settle, usePlace } from '@/shared/router.tsx';
import { CustomerField } from './CustomerField.tsx';
import { MomentFields, useMomentFields } from './MomentFields.tsx';
import { categories, channels, useCustomer, useOpenComplaint, useSalesOf, type CaseKind, type Category, type Channel, type CustomerHit, type Severity } from './queries.ts';
import styles from './complaints.module.css';

export function OpenComplaint() {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const asked = usePlace().query.get('customer');
  const brought = useCustomer(asked ? Number(asked) : undefined).data?.row;
  const [customer, setCustomer] = useState<CustomerHit>();
  const [customerText, setCustomerText] = useState('');
  const [description, setDescription] = useState('');
  const [severity, setSeverity] = useState<Severity>('normal');
  const [channel, setChannel] = useState<Channel>('in_person');
  const [category, setCategory] = useState<Category>('quality');
  const [remedy, setRemedy] = useState('');
  const [kind, setKind] = useState<CaseKind>('complaint');
  const [sale, setSale] = useState('');
  const [isEarlier, setEarlier] = useState(false);
  const now = useNow(60_000);
  const [begin] = useState(now);
  const receipt = useMomentFields(begin);
  const sales = useSalesOf(customer?.id).data?.rows ?? [];
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const open = useOpenComplaint();
  useEffect(() => {
    if (brought) setCustomer(brought);
  }, [brought]);
  useKey('Escape', () => void (goBack() || go('/complaints')));
  useKey('Ctrl+S', () => form.current?.requestSubmit());

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (open.isPending || (isEarlier && receipt.at === undefined)) return;
    open.mutate(
      {
        client_key: key.current,
        kind,
        received_at: isEarlier && receipt.at !== undefined ? asInstant(receipt.at) : null,
        sale_id: sales.find((each) => String(each.id) === sale)?.id ?? null,
        customer_id: customer?.id ?? null,
        customer_text: customer ? null : customerText.trim() || null,
        description: description.trim(),
        severity,
        channel,
        category,
        remedy_sought: remedy.trim() || null,
      },
      { onSuccess: (made) => settle(`/complaints/${made.row.id}`) },
    );
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const { error } = open;
  return (
    <Screen
      title={t('form.title')}
      actions={
        <>
          <Button hint="Escape" onClick={() => goBack() || go('/complaints')}>
            {word('cancel')}
          </Button>
          <Button kind="main" hint="Enter" busy={open.isPending} onClick={() => form.current?.requestSubmit()}>
            {t('form.open')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send}>
        <Refused error={error} />
        <CustomerField
          customer={customer}
          text={customerText}
          onCustomer={(next) => {
            setCustomer(next);
            setSale('');
          }} 
          onText={setCustomerText}
          error={error?.of('customer_id') ?? error?.of('customer_text')}
        />
        <TextField key={customer ? 'known' : 'unknown'} label={t('form.description')} value={description} autoFocus maxLength={500} placeholder={t('form.description_example')} onChange={(event) => setDescription(event.target.value)} onKeyDown={sendOnEnter} error={error?.of('description')} help={t('form.enter')} />
        <Field label={t('form.received')} help={isEarlier ? t('form.received_help') : undefined}>
          {() => (
            <Choice<'now' | 'earlier'>
              label={t('form.received')}
              value={isEarlier ? 'earlier' : 'now'}
              onChange={(value) => setEarlier(value === 'earlier')}
              options={(['now', 'earlier'] as const).map((value) => ({ value, word: t(`form.received_${value}`) }))}
            />
          )}
        </Field>
        {isEarlier && <MomentFields moment={receipt} label={t('correct.day')} error={error?.of('received_at')} />}
        <Field label={t('form.kind')} help={t(`kind_help.${kind}`)}>
          {() => <Choice label={t('form.kind')} value={kind} onChange={setKind} options={(['complaint', 'inquiry'] as const).map((value) => ({ value, word: t(`kind.${value}`) }))} />}
        </Field>
        <Field label={t('form.severity')} help={t(`severity_help.${severity}`)} error={error?.of('severity')}>
          {() => <Choice label={t('form.severity')} value={severity} onChange={setSeverity} options={(['normal', 'high', 'red'] as const).map((value) => ({ value, word: t(`severity.${value}`) }))} />}
        </Field>
        <Field label={t('form.channel')} error={error?.of('channel')}>
          {() => <Choice label={t('form.channel')} value={channel} onChange={setChannel} options={channels.map((value) => ({ value, word: t(`channel.${value}`) }))} />}
        </Field>
        <Field label={t('form.category')} error={error?.of('category')}>
          {() => <Choice label={t('form.category')} value={category} onChange={setCategory} options={categories.map((value) => ({ value, word: t(`category.${value}`) }))} />}
        </Field>
        {sales.length > 0 && (
          <Field label={t('form.sale')} optional error={error?.of('sale_id')}>
            {(ids) => <Pick id={ids.id} field label={t('form.sale')} value={sale} onChange={setSale} options={[{ value: '', word: t('form.no_sale') }, ...sales.map((each) => ({ value: String(each.id), word: each.items || each.sale_no, note: `${money(each.net_minor)} · ${formatShortDay(each.sold_on, today)}` }))]} />}
          </Field>
        )}
        <TextField label={t('form.remedy')} optional value={remedy} placeholder={t('form.remedy_example')} onChange={(event) => setRemedy(event.target.value)} onKeyDown={sendOnEnter} error={error?.of('remedy_sought')} />
      </form>
    </Screen>
  );
}
