// Until when something is promised: a day, which ends when the shop closes on it, or a time of that day.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asInstant } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { instantIn } from '@/shared/format/index.ts';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import styles from './complaints.module.css';

export function useDateFields() {
  const { zone } = useBook();
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const at = time.trim() === '' ? undefined : instantIn(day, time, zone);
  return {
    day,
    setDay,
    time,
    setTime,
    isUnread: time.trim() !== '' && at === undefined,
    due: () => (at === undefined ? { due_on: day || null, due_at: null } : { due_on: null, due_at: asInstant(at) }),
  };
}

export function DateFields({ date, error }: { date: ReturnType<typeof useDateFields>; error?: string }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  return (
    <div className={styles.pair}>
      <Field label={t('promised.day')} error={error}>
        {(ids) => <DayField id={ids.id} value={date.day} onChange={date.setDay} from={today} invalid={error !== undefined} />}
      </Field>
      <TextField label={t('promised.time')} optional value={date.time} placeholder="15:00" help={t('promised.time_help')} onChange={(event) => date.setTime(event.target.value)} error={date.isUnread ? t('correct.time_unread') : undefined} />
    </div>
  );
}
