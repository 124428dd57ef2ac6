// A birthday, solar or lunar, the year optional: people often know the day and not the year.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import type { Birthday } from './queries.ts';
import styles from './customers.module.css';

export interface BirthdayDraft {
  calendar: Birthday['calendar'];
  year: string;
  month: string;
  day: string;
  leap: boolean;
}

export const emptyBirthday: BirthdayDraft = { calendar: 'solar', year: '', month: '', day: '', leap: false };

export function birthdayDraft(birthday: Birthday | null): BirthdayDraft {
  if (!birthday) return emptyBirthday;
  return { calendar: birthday.calendar, year: birthday.year == null ? '' : String(birthday.year), month: String(birthday.month), day: String(birthday.day), leap: birthday.leap };
}

/** Null when nothing was typed. The backend judges whether such a day exists. */
export function readBirthday(draft: BirthdayDraft): Birthday | null {
  if (draft.month === '' && draft.day === '') return null;
  return { calendar: draft.calendar, year: draft.year === '' ? null : Number(draft.year), month: Number(draft.month || 0), day: Number(draft.day || 0), leap: draft.calendar === 'lunar' && draft.leap };
}

export function BirthdayField({ value, optional, onChange, error }: { value: BirthdayDraft; optional: boolean; onChange: (draft: BirthdayDraft) => void; error?: string }) {
  const { t } = useTranslation('customers');
  const digits = (text: string, length: number) => text.replace(/\D/g, '').slice(0, length);
  const box = (key: 'year' | 'month' | 'day', length: number, id?: string) => (
    <input id={id} className={`${styles.small} figures`} inputMode="numeric" autoComplete="off" aria-label={t(`birthday.${key}`)} placeholder={t(`birthday.${key}`)} value={value[key]} onChange={(event) => onChange({ ...value, [key]: digits(event.target.value, length) })} />
  );
  return (
    <Field label={t('field.birthday')} optional={optional} error={error} wide>
      {({ id }) => (
        <div className={styles.birthday}>
          <Choice
            label={t('birthday.calendar')}
            value={value.calendar}
            onChange={(calendar) => onChange({ ...value, calendar })}
            options={[
              { value: 'solar', word: t('birthday.solar') },
              { value: 'lunar', word: t('birthday.lunar') },
            ]}
          />
          {box('year', 4)}
          {box('month', 2, id)}
          {box('day', 2)}
          {value.calendar === 'lunar' && (
            <label className={styles.check}>
              <input type="checkbox" checked={value.leap} onChange={(event) => onChange({ ...value, leap: event.target.checked })} />
              {t('birthday.leap')}
            </label>
          )}
        </div>
      )}
    </Field>
  );
}
