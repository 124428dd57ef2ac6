// Single days that differ from the week: other hours, or none at all.
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook } from '@/shared/book.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { HoursInput } from './HoursLine.tsx';
import styles from './settings.module.css';

export interface SpecialDay {
  /** Tells rows apart while their days are being chosen. */
  key: number;
  day: string;
  hours: string;
}

export function SpecialDays({ days, onChange }: { days: readonly SpecialDay[]; onChange: (days: SpecialDay[]) => void }) {
  const { t } = useTranslation('settings');
  const { today } = useBook();
  const set = (key: number, change: Partial<SpecialDay>) => onChange(days.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const next = Math.max(-1, ...days.map((each) => each.key)) + 1;
  return (
    <div className={styles.form}>
      <h3>{t('hours.special')}</h3>
      {days.map((each) => (
        <div key={each.key} className={styles.special}>
          <DayField value={each.day} onChange={(day) => set(each.key, { day })} from={each.day === '' ? today : undefined} />
          <HoursInput label={`${each.day} ${t('hours.hours')}`} value={each.hours} onChange={(hours) => set(each.key, { hours })} placeholder={t('hours.closed_day')} />
          <Button kind="plain" icon="close" aria-label={t('hours.remove_day')} title={t('hours.remove_day')} onClick={() => onChange(days.filter((other) => other.key !== each.key))} />
        </div>
      ))}
      <div>
        <Button kind="plain" icon="plus" onClick={() => onChange([...days, { key: next, day: '', hours: '' }])}>
          {t('hours.add_day')}
        </Button>
      </div>
    </div>
  );
}
