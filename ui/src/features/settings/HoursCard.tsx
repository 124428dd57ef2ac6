// Opening hours: the week, the breaks, single days that differ. Complaint clocks run in this time only, so what a
// change means for them is said before it is saved.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatInstant } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { HoursForm } from './HoursForm.tsx';
import { useCalendar } from './queries.ts';

export function HoursCard() {
  const { t } = useTranslation('settings');
  const { zone, today } = useBook();
  const { data, error } = useCalendar();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  const until = data.changes_at ? formatInstant(data.changes_at, zone, today) : undefined;
  const state = data.is_open ? (until ? t('hours.open_until', { at: until }) : t('hours.open')) : until ? t('hours.closed_until', { at: until }) : t('hours.closed');
  return (
    <Card title={t('sections.hours')} side={<span className="figures">{state}</span>}>
      {data.missing_year !== null && <Notice tone="soon">{t('hours.missing_year', { year: data.missing_year })}</Notice>}
      <HoursForm view={data} />
    </Card>
  );
}
