// A new customer, begun from what was typed into the search box. Whoever came from the counter goes back to it, and there
// what the shop requires may follow later.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { restart, settle, usePlace } from '@/shared/router.tsx';
import { CustomerFields } from './CustomerFields.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { newDraft, toNewCustomer, withEmail } from './draft.ts';
import { useCreateCustomer, useRequiredFields } from './queries.ts';

export function NewCustomerForm() {
  const { t } = useTranslation('customers');
  const { query } = usePlace();
  const [draft, setDraft] = useState(() => newDraft(query.get('name') ?? ''));
  const key = useRef(newClientKey());
  const create = useCreateCustomer();
  const atCounter = query.get('then') === 'counter';
  const required = useRequiredFields();
  const save = () =>
    create.mutate(toNewCustomer(draft, key.current, atCounter), {
      onSuccess: ({ id }) => (atCounter ? restart(`/counter?customer=${id}`) : settle(`/customers/${id}`)),
    });
  return (
    <CustomerForm title={t('form.new')} error={create.error} busy={create.isPending} onSave={save}>
      {atCounter && required.length > 0 && <p className="quiet">{t('form.required_later')}</p>}
      <CustomerFields draft={withEmail(draft, required)} required={required} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} error={create.error} isNew />
    </CustomerForm>
  );
}
