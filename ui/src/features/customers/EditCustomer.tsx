// Changing a customer: the first form and the shop's own fields on one sheet. The form is saved first, then the fields;
// a refused field leaves what was typed where it is.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { go, goBack } from '@/shared/router.tsx';
import { CustomerFields } from './CustomerFields.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { draftOf, toChange } from './draft.ts';
import { changedFields, OwnFields, type OwnDraft } from './OwnFields.tsx';
import { useChangeCustomer, useOwnFields, useProfile, useRequiredFields, useSetFields, type FieldValue, type Profile } from './queries.ts';

export function EditCustomer({ id }: { id: number }) {
  const { t } = useTranslation('customers');
  const { data, error } = useProfile(id);
  if (data) return <Editor profile={data} />;
  return <Screen title={t('form.edit')}>{error ? <ErrorState message={error.message} /> : <LoadingState lines={8} />}</Screen>;
}

function Editor({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { customer } = profile;
  const [draft, setDraft] = useState(() => draftOf(customer));
  const [stored] = useState<OwnDraft>(() => Object.fromEntries(profile.details.fields.map((field) => [field.field_id, field.values])));
  const [own, setOwn] = useState<OwnDraft>(stored);
  const [sent, setSent] = useState<FieldValue[]>([]);
  const key = useRef(newClientKey());
  const fields = useOwnFields().data?.fields ?? [];
  const required = useRequiredFields();
  const change = useChangeCustomer();
  const setFields = useSetFields();
  const leave = () => goBack() || go(`/customers/${customer.id}`);
  const saveFields = () => {
    const values = changedFields(fields, own, stored);
    setSent(values);
    if (values.length === 0) leave();
    else setFields.mutate({ id: customer.id, values }, { onSuccess: leave });
  };
  const save = () =>
    change.mutate(toChange(draft, customer, key.current), {
      onSuccess: () => {
        key.current = newClientKey();
        saveFields();
      },
    });
  return (
    <CustomerForm title={t('form.edit_of', { name: customer.name })} error={change.error ?? setFields.error} busy={change.isPending || setFields.isPending} onSave={save}>
      <CustomerFields draft={draft} required={required} onChange={(next) => setDraft((before) => ({ ...before, ...next }))} error={change.error} isNew={false} />
      <OwnFields fields={fields} draft={own} sent={sent} onChange={(id, values) => setOwn((before) => ({ ...before, [id]: values }))} error={setFields.error} />
    </CustomerForm>
  );
}
