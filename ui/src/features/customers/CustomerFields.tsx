// The fields of a customer's form. Only a name or a phone is needed, and what the shop requires; the rest says that it is
// optional.
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextArea, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { restart, settle, usePlace } from '@/shared/router.tsx';
import { BirthdayField } from './BirthdayField.tsx';
import type { Draft } from './draft.ts';
import { NameField } from './NameField.tsx';
import { usePhoneOwners, type ContactKind, type RequiredField } from './queries.ts';
import styles from './customers.module.css';

export const contactKinds: readonly ContactKind[] = ['mobile', 'landline', 'wechat', 'wecom', 'qq', 'email', 'whatsapp', 'line', 'xiaohongshu', 'douyin', 'other'];

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  error: ApiError | null;
  isNew: boolean;
  required: readonly RequiredField[];
}

type TextKey = 'salutation' | 'company' | 'address' | 'source' | 'habits' | 'tags' | 'mnemonic' | 'member_no';

/** What a company cannot have is not asked of it. */
const ofPersons = new Set<RequiredField>(['salutation', 'gender', 'birthday', 'company']);

export function CustomerFields({ draft, onChange, error, isNew, required }: Props) {
  const { t } = useTranslation('customers');
  const isOptional = (key: string) => !required.some((field) => field === key && (draft.kind === 'person' || !ofPersons.has(field)));
  // What was written down before somebody said that it is a company can still be taken away.
  const wasGiven = { birthday: draft.birthday.month !== '' || draft.birthday.day !== '', gender: draft.gender !== '', company: draft.company !== '' };
  const asks = (field: keyof typeof wasGiven) => draft.kind === 'person' || wasGiven[field];
  // Whoever comes with a name goes on with the phone.
  const [isNamed] = useState(isNew && draft.name !== '' && draft.contacts[0]?.value === '');
  const text = (key: TextKey, placeholder?: string) => <TextField label={t(`field.${key}`)} optional={isOptional(key)} value={draft[key]} placeholder={placeholder} onChange={(event) => onChange({ [key]: event.target.value })} error={error?.of(key)} />;
  return (
    <>
      <section className={styles.fields}>
        <NameField draft={draft} onChange={onChange} isNew={isNew} autoFocus={!isNamed} error={error?.of('name')} help={isNew && required.length === 0 ? t('form.enough') : undefined} />
        {text('salutation', t('form.salutation_example'))}
        <Contacts draft={draft} onChange={onChange} error={error} isNew={isNew} isFirst={isNamed} required={required} />
        {text('habits', t('form.habits_example'))}
        {text('tags', t('form.tags_example'))}
        {asks('birthday') && <BirthdayField value={draft.birthday} optional={isOptional('birthday')} onChange={(birthday) => onChange({ birthday })} error={error?.fields.find((problem) => problem.field.startsWith('birthday'))?.message} />}
      </section>
      <section className={styles.fields}>
        <Field label={t('field.kind')}>
          {() => (
            <Choice
              label={t('field.kind')}
              value={draft.kind}
              onChange={(kind) => onChange({ kind })}
              options={[
                { value: 'person', word: t('kind.person') },
                { value: 'company', word: t('kind.company') },
              ]}
            />
          )}
        </Field>
        {asks('gender') && (
          <Field label={t('field.gender')} optional={isOptional('gender')} error={error?.of('gender')}>
            {() => (
              <Choice
                label={t('field.gender')}
                value={draft.gender}
                onChange={(gender) => onChange({ gender })}
                options={[
                  { value: '', word: t('gender.unknown') },
                  { value: 'female', word: t('gender.female') },
                  { value: 'male', word: t('gender.male') },
                ]}
              />
            )}
          </Field>
        )}
        {asks('company') && text('company')}
        {text('source', t('form.source_example'))}
        {text('address')}
        {text('mnemonic', t('form.mnemonic_help'))}
        {isNew && text('member_no', t('form.member_no_help'))}
        <TextArea label={t('field.note')} optional wide value={draft.note} onChange={(event) => onChange({ note: event.target.value })} error={error?.of('note')} />
      </section>
    </>
  );
}

/** The field of a new customer that a handle is sent as. */
const fieldOf = (kind: ContactKind): string => (kind === 'mobile' ? 'phone' : kind);

type NewContactProps = Omit<ComponentProps<typeof TextField>, 'help' | 'value'> & { value: string; isPhone: boolean };

/** A handle of a new customer. Who has a phone already is said at once: a family may share it, and often it is the very person. */
function NewContact({ value, isPhone, ...rest }: NewContactProps) {
  const { t } = useTranslation('customers');
  const owners = usePhoneOwners(isPhone ? value : '');
  const atCounter = usePlace().query.get('then') === 'counter';
  const help = owners.length > 0 && (
    <>
      {t('form.phone_of')}{' '}
      {owners.map(({ id, name }) => (
        <button key={id} type="button" className={styles.owner} onClick={() => (atCounter ? restart(`/counter?customer=${id}`) : settle(`/customers/${id}`))}>
          {name}
        </button>
      ))}
    </>
  );
  return <TextField value={value} help={help || undefined} {...rest} />;
}

function Contacts({ draft, onChange, error, isNew, isFirst, required }: Props & { isFirst: boolean }) {
  const { t } = useTranslation('customers');
  const set = (at: number, change: Partial<Draft['contacts'][number]>) => onChange({ contacts: draft.contacts.map((contact, n) => (n === at ? { ...contact, ...change } : contact)) });
  if (isNew) {
    return draft.contacts.map((contact, n) => (
      <NewContact key={contact.kind} isPhone={contact.kind === 'mobile'} autoFocus={isFirst && n === 0} label={t(`contact.${contact.kind}`)} optional={!required.some((field) => field === fieldOf(contact.kind))} value={contact.value} inputMode={contact.kind === 'mobile' ? 'tel' : undefined} onChange={(event) => set(n, { value: event.target.value })} error={error?.of(fieldOf(contact.kind))} />
    ));
  }
  return (
    <Field label={t('field.contacts')} wide error={error?.fields.find((problem) => problem.field.startsWith('contacts'))?.message} help={t('form.old_numbers')}>
      {({ id }) => (
        <div className={styles.contacts}>
          {draft.contacts.map((contact, n) => (
            // Rows have no name of their own; their place is their name.
            <div key={`contact-${n + 1}`} className={styles.contact}>
              <Pick label={t('field.contact_kind')} field value={contact.kind} onChange={(kind) => set(n, { kind: kind as ContactKind })} options={contactKinds.map((kind) => ({ value: kind, word: t(`contact.${kind}`) }))} />
              <input id={n === 0 ? id : undefined} className={styles.line} value={contact.value} aria-label={t(`contact.${contact.kind}`)} autoComplete="off" spellCheck={false} onChange={(event) => set(n, { value: event.target.value })} />
              <Button kind="plain" icon="close" aria-label={t('form.remove_contact')} onClick={() => onChange({ contacts: draft.contacts.filter((_, other) => other !== n) })} />
            </div>
          ))}
          <div>
            <Button kind="plain" icon="plus" onClick={() => onChange({ contacts: [...draft.contacts, { kind: 'mobile', value: '' }] })}>
              {t('form.add_contact')}
            </Button>
          </div>
        </div>
      )}
    </Field>
  );
}
