// The shop's own fields in the form of a customer. What was not touched is not sent.
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { FieldValue, OwnField } from './queries.ts';
import people from './people.module.css';
import styles from './customers.module.css';

export type OwnDraft = Record<number, string[]>;

/** What of the draft differs from what is stored. */
export function changedFields(fields: readonly OwnField[], draft: OwnDraft, stored: OwnDraft): FieldValue[] {
  const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((value, n) => value === b[n]);
  return fields.filter((field) => draft[field.id] && !same(draft[field.id] ?? [], stored[field.id] ?? [])).map((field) => ({ field_id: field.id, values: draft[field.id] ?? [] }));
}

interface Props {
  fields: readonly OwnField[];
  draft: OwnDraft;
  sent: readonly FieldValue[];
  onChange: (id: number, values: string[]) => void;
  error: ApiError | null;
}

export function OwnFields({ fields, draft, sent, onChange, error }: Props) {
  const asked = fields.filter((field) => field.is_active || (draft[field.id]?.length ?? 0) > 0);
  if (asked.length === 0) return null;
  const problem = (field: OwnField) => {
    const place = sent.findIndex((value) => value.field_id === field.id);
    return place < 0 ? undefined : error?.of(`values.${place}`);
  };
  return (
    <section className={styles.fields}>
      {asked.map((field) => (
        <One key={field.id} field={field} values={draft[field.id] ?? []} onChange={(values) => onChange(field.id, values)} error={problem(field)} />
      ))}
    </section>
  );
}

function One({ field, values, onChange, error }: { field: OwnField; values: string[]; onChange: (values: string[]) => void; error: string | undefined }) {
  const { t: word } = useTranslation('common');
  const only = values[0] ?? '';
  const set = (value: string) => onChange(value === '' ? [] : [value]);
  const label = field.unit ? `${field.name}（${field.unit}）` : field.name;
  if (field.kind === 'text' || field.kind === 'number') return <TextField label={label} optional value={only} inputMode={field.kind === 'number' ? 'decimal' : undefined} onChange={(event) => set(event.target.value)} error={error} />;
  return (
    <Field label={label} optional error={error} wide={field.kind === 'choices'}>
      {(ids) => {
        switch (field.kind) {
          case 'date':
            return (
              <DayField id={ids.id} value={only} onChange={set} invalid={Boolean(error)} />
            );
          case 'yes_no':
            return (
              <Choice
                label={label}
                value={only}
                onChange={set}
                options={[
                  { value: '', word: '—' },
                  { value: 'yes', word: word('yes') },
                  { value: 'no', word: word('no') },
                ]}
              />
            );
          case 'choices':
            return <Several label={label} field={field} values={values} onChange={onChange} />;
          default:
            return <Pick id={ids.id} field label={label} value={only} onChange={set} options={[{ value: '', word: '—' }, ...[...new Set([...field.options, ...values])].map((option) => ({ value: option, word: option }))]} />;
        }
      }}
    </Field>
  );
}

function Several({ label, field, values, onChange }: { label: string; field: OwnField; values: string[]; onChange: (values: string[]) => void }) {
  const options = [...new Set([...field.options, ...values])];
  const toggle = (option: string) => onChange(values.includes(option) ? values.filter((value) => value !== option) : options.filter((value) => value === option || values.includes(value)));
  return (
    <div className={people.own} role="group" aria-label={label}>
      {options.map((option) => (
        <label key={option} className={people.toggle} data-chosen={values.includes(option) || undefined}>
          <input type="checkbox" className="visually-hidden" checked={values.includes(option)} onChange={() => toggle(option)} />
          {option}
        </label>
      ))}
    </div>
  );
}
