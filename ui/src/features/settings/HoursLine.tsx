// One weekday: when it is open and when it pauses, as text.
import { useTranslation } from 'react-i18next';
import { readHours } from './hours.ts';
import styles from './settings.module.css';

interface Props {
  name: string;
  hours: string;
  breaks: string;
  onHours: (text: string) => void;
  onBreaks: (text: string) => void;
}

export function HoursLine({ name, hours, breaks, onHours, onBreaks }: Props) {
  const { t } = useTranslation('settings');
  return (
    <>
      <span className={styles.weekday}>{name}</span>
      <HoursInput label={`${name} ${t('hours.hours')}`} value={hours} onChange={onHours} placeholder={t('hours.closed_day')} />
      <HoursInput label={`${name} ${t('hours.breaks')}`} value={breaks} onChange={onBreaks} placeholder="—" />
    </>
  );
}

export function HoursInput({ label, value, onChange, placeholder }: { label: string; value: string; onChange: (text: string) => void; placeholder: string }) {
  const { t } = useTranslation('settings');
  const isUnread = readHours(value) === undefined;
  return (
    <span className={styles.hoursCell}>
      <input className={`${styles.input} figures`} aria-label={label} aria-invalid={isUnread || undefined} value={value} placeholder={placeholder} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      {isUnread && (
        <span className={styles.unread} role="alert">
          {t('hours.unread')}
        </span>
      )}
    </span>
  );
}
