// Who sees to this customer: new cases go to that person, or to the deputy while the person is away. Every change is kept.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { LoadingState, Notice } from '@/shared/parts/States.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useDedicate, useDedicated, type Dedicated, type Profile } from './queries.ts';
import styles from './people.module.css';

export function DedicatedDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { data, error } = useDedicated(profile.row.id);
  if (data) return <DedicatedForm customer={profile.row.id} view={data} onClose={onClose} />;
  return (
    <PeopleDialog title={t('more.dedicated')} onClose={onClose} onSave={onClose} busy error={error}>
      <LoadingState lines={3} />
    </PeopleDialog>
  );
}

function DedicatedForm({ customer, view, onClose }: { customer: Profile['row']['id']; view: Dedicated; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { zone, today } = useBook();
  const [to, setTo] = useState(String(view.contact?.id ?? ''));
  const [reason, setReason] = useState('');
  const key = useRef(newClientKey());
  const set = useDedicate();
  const chosen = view.people.find((person) => String(person.id) === to);
  const isSame = (chosen?.id ?? null) === (view.contact?.id ?? null);
  const save = () => (isSame || !view.may_change ? onClose() : set.mutate({ client_key: key.current, customer_id: customer, contact_id: chosen?.id ?? null, reason: reason.trim() || null }, { onSuccess: onClose }));
  return (
    <PeopleDialog title={t('more.dedicated')} onClose={onClose} onSave={save} busy={set.isPending} error={set.error}>
      <p className="quiet">{t('dedicated.help')}</p>
      {view.away_until_on && view.contact && <Notice tone="soon">{view.deputy ? t('dedicated.away_deputy', { name: view.contact.name, day: formatShortDay(view.away_until_on, today), deputy: view.deputy.name }) : t('dedicated.away', { name: view.contact.name, day: formatShortDay(view.away_until_on, today) })}</Notice>}
      <Field label={t('dedicated.contact')} error={set.error?.of('contact_id')}>
        {(ids) => <Pick id={ids.id} field label={t('dedicated.contact')} value={to} onChange={setTo} options={[{ value: '', word: t('dedicated.nobody') }, ...view.people.map((person) => ({ value: String(person.id), word: person.name }))]} />}
      </Field>
      {view.contact && !isSame && <TextField label={t('dedicated.reason')} value={reason} placeholder={t('dedicated.reason_example')} onChange={(event) => setReason(event.target.value)} error={set.error?.of('reason')} />}
      {!view.may_change && <Notice>{t('dedicated.may_not')}</Notice>}
      {view.history.length > 0 && (
        <ul className={styles.list}>
          {view.history.map((entry) => (
            <li key={entry.at} className="quiet small figures">
              {[formatInstant(entry.at, zone, today), entry.name ?? t('dedicated.nobody'), entry.reason, entry.staff].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </PeopleDialog>
  );
}
