// Short sheets about one person of the shop: new, another name, away, leaving.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useAddPerson, useRenamePerson, useRetirePerson, useSetAway, type Person } from './queries.ts';

const roles = ['clerk', 'manager', 'owner'] as const;
type Role = (typeof roles)[number];

/** What stands beside no field. */
const others = (people: readonly Person[], person: Person) => people.filter((other) => other.is_active && other.id !== person.id);

export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('clerk');
  const key = useRef(newClientKey());
  const add = useAddPerson();
  return (
    <FormDialog title={t('people.add')} busy={add.isPending} problem={add.error?.whole} onClose={onClose} onSave={() => add.mutate({ client_key: key.current, name, role }, { onSuccess: onClose })}>
      <TextField label={t('people.name')} autoFocus value={name} maxLength={30} onChange={(event) => setName(event.target.value)} error={add.error?.of('name')} />
      <Field label={t('people.role_word')} help={t(`people.role_help.${role}`)}>
        {() => <Choice label={t('people.role_word')} value={role} onChange={setRole} options={roles.map((value) => ({ value, word: t(`people.role.${value}`) }))} />}
      </Field>
    </FormDialog>
  );
}

export function RenameDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(person.name);
  const rename = useRenamePerson();
  return (
    <FormDialog title={t('people.do.rename')} busy={rename.isPending} problem={rename.error?.whole} onClose={onClose} onSave={() => rename.mutate({ id: person.id, name }, { onSuccess: onClose })}>
      <TextField label={t('people.name')} autoFocus value={name} maxLength={30} onChange={(event) => setName(event.target.value)} error={rename.error?.of('name')} help={t('people.rename_help')} />
    </FormDialog>
  );
}

export function AwayDialog({ person, people, onClose }: { person: Person; people: readonly Person[]; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const { today } = useBook();
  const isAway = person.away_until_on !== null && person.away_until_on >= today;
  const [until, setUntil] = useState(isAway ? (person.away_until_on ?? '') : '');
  const [deputy, setDeputy] = useState(String(person.deputy_id ?? ''));
  const set = useSetAway();
  const chosen = others(people, person).find((other) => String(other.id) === deputy);
  return (
    <FormDialog title={t('people.away_title', { name: person.name })} busy={set.isPending} problem={set.error?.whole} onClose={onClose} onSave={() => set.mutate({ id: person.id, until_on: until || null, deputy_id: chosen?.id ?? null }, { onSuccess: onClose })}>
      <Field label={t('people.until')} optional help={t('people.until_help')} error={set.error?.of('until_on')}>
        {(ids) => <DayField id={ids.id} value={until} onChange={setUntil} from={today} />}
      </Field>
      <Field label={t('people.deputy')} optional help={t('people.deputy_help')} error={set.error?.of('deputy_id')}>
        {(ids) => <Pick id={ids.id} field label={t('people.deputy')} value={deputy} onChange={setDeputy} options={[{ value: '', word: t('people.nobody') }, ...others(people, person).map((other) => ({ value: String(other.id), word: other.name }))]} />}
      </Field>
    </FormDialog>
  );
}

export function RetireDialog({ person, people, onClose }: { person: Person; people: readonly Person[]; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [to, setTo] = useState('');
  const key = useRef(newClientKey());
  const retire = useRetirePerson();
  const chosen = others(people, person).find((other) => String(other.id) === to);
  const leavesSomething = person.open_cases > 0 || person.customers > 0;
  return (
    <FormDialog title={t('people.retire_title', { name: person.name })} deed={t('people.do.retire')} busy={retire.isPending} problem={retire.error?.whole} onClose={onClose} onSave={() => retire.mutate({ client_key: key.current, id: person.id, leaves: true, successor_id: chosen?.id ?? null }, { onSuccess: onClose })}>
      <p className="quiet">{leavesSomething ? t('people.retire_leaves', { cases: person.open_cases, customers: person.customers }) : t('people.retire_nothing')}</p>
      {leavesSomething && (
        <Field label={t('people.successor')} error={retire.error?.of('successor_id')}>
          {(ids) => <Pick id={ids.id} field label={t('people.successor')} value={to} onChange={setTo} options={[{ value: '', word: t('people.choose') }, ...others(people, person).map((other) => ({ value: String(other.id), word: other.name }))]} />}
        </Field>
      )}
    </FormDialog>
  );
}
