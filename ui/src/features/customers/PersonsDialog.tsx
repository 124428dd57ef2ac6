// The people of a company: who decides, who pays, who has doubts, and how they stand to us.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useSetPersons, type Person, type Profile } from './queries.ts';
import styles from './people.module.css';

export const influences: readonly Person['influence'][] = ['decides', 'advises', 'uses', 'pays', 'blocks'];
const nobody: Person = { name: '', person_id: null, role: null, influence: 'uses', relation: null, phone: null };

export function PersonsDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const [persons, setPersons] = useState<Person[]>(profile.details.persons.length > 0 ? profile.details.persons : [nobody]);
  const key = useRef(newClientKey());
  const set = useSetPersons();
  const change = (at: number, next: Partial<Person>) => setPersons((all) => all.map((person, n) => (n === at ? { ...person, ...next } : person)));
  const save = () => set.mutate({ client_key: key.current, id: profile.row.id, persons: persons.filter((person) => person.name.trim() !== '' || (person.phone ?? '') !== '') }, { onSuccess: onClose });
  return (
    <PeopleDialog wide title={t('more.persons')} onClose={onClose} onSave={save} busy={set.isPending} error={set.error}>
      {persons.map((person, n) => (
        // Rows have no name of their own; their place is their name.
        <div key={`person-${n + 1}`} className={styles.person}>
          <TextField label={t('persons.name')} value={person.name} onChange={(event) => change(n, { name: event.target.value })} />
          <TextField label={t('persons.role')} optional value={person.role ?? ''} placeholder={t('persons.role_example')} onChange={(event) => change(n, { role: event.target.value })} />
          <Field label={t('persons.influence')}>{(ids) => <Pick id={ids.id} field label={t('persons.influence')} value={person.influence} onChange={(value) => change(n, { influence: value as Person['influence'] })} options={influences.map((value) => ({ value, word: t(`influence.${value}`) }))} />}</Field>
          <TextField label={t('persons.phone')} optional value={person.phone ?? ''} inputMode="tel" onChange={(event) => change(n, { phone: event.target.value })} />
          <TextField label={t('persons.relation')} optional value={person.relation ?? ''} placeholder={t('persons.relation_example')} onChange={(event) => change(n, { relation: event.target.value })} />
          <Button kind="plain" icon="close" aria-label={t('persons.remove')} onClick={() => setPersons((all) => all.filter((_, other) => other !== n))} />
        </div>
      ))}
      <div>
        <Button kind="plain" icon="plus" onClick={() => setPersons((all) => [...all, nobody])}>
          {t('persons.add')}
        </Button>
      </div>
    </PeopleDialog>
  );
}
