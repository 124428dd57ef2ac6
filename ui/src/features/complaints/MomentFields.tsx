// The day and the time at which something took place, as a person corrects them.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { dayOf, formatTime, instantIn } from '@/shared/format/index.ts';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import styles from './complaints.module.css';

/** What is typed, begun with a moment, and begun anew when that is another one; `at` is nothing while the time cannot be read. */
export function useMomentFields(begin: string | number) {
  const { zone } = useBook();
  const [day, setDay] = useState(dayOf(begin, zone));
  const [time, setTime] = useState(formatTime(begin, zone));
  const [begun, setBegun] = useState(begin);
  if (begun !== begin) {
    setBegun(begin);
    setDay(dayOf(begin, zone));
    setTime(formatTime(begin, zone));
  }
  return { day, setDay, time, setTime, at: instantIn(day, time, zone) };
}

export function MomentFields({ moment, label, error }: { moment: ReturnType<typeof useMomentFields>; label: string; error?: string }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  return (
    <div className={styles.pair}>
      <Field label={label} error={error}>
        {(ids) => <DayField id={ids.id} value={moment.day} onChange={moment.setDay} to={today} />}
      </Field>
      <TextField label={t('correct.time')} value={moment.time} placeholder="9:05" onChange={(event) => moment.setTime(event.target.value)} error={moment.at === undefined ? t('correct.time_unread') : undefined} />
    </div>
  );
}
