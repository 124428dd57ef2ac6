// Changing what is known of a customer. Old numbers that are taken away stay searchable.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { go, goBack } from '@/shared/router.tsx';
import { CustomerFields } from './CustomerFields.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { draftOf, toChange } from './draft.ts';
import { useChangeCustomer, useProfile, type Customer } from './queries.ts';

export function EditCustomer({ id }: { id: number }) {
  const { t } = useTranslation('customers');
  const { data, error } = useProfile(id);
  if (data) return <Editor customer={data.customer} />;
  return <Screen title={t('form.edit')}>{error ? <ErrorState message={error.message} /> : <LoadingState lines={8} />}</Screen>;
}

function Editor({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const [draft, setDraft] = useState(() => draftOf(customer));
  const key = useRef(newClientKey());
  const change = useChangeCustomer();
  const save = () => change.mutate(toChange(draft, customer, key.current), { onSuccess: () => goBack() || go(`/customers/${customer.id}`) });
  return (
    <CustomerForm title={t('form.edit_of', { name: customer.name })} error={change.error} busy={change.isPending} onSave={save}>
      <CustomerFields draft={draft} onChange={(next) => setDraft((before) => ({ ...before, ...next }))} error={change.error} isNew={false} />
    </CustomerForm>
  );
}
