// The form of the opening hours. Every day is one line of text; what cannot be read is said beside it.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { HoursLine } from './HoursLine.tsx';
import { readHours, weekdays, writeHours, type Interval, type Weekday } from './hours.ts';
import { useChangeCalendar, type CalendarView } from './queries.ts';
import { SpecialDays, type SpecialDay } from './SpecialDays.tsx';
import { yearsAsJson, type YearDraft } from './statutory.ts';
import { StatutoryList } from './StatutoryList.tsx';
import styles from './settings.module.css';

type Week = Record<Weekday, string>;

interface Draft {
  hours: Week;
  breaks: Week;
  days: SpecialDay[];
  statutory: boolean;
  /** Years of statutory days that are being changed by hand. */
  years: YearDraft[];
  list?: { name: string; text: string } | undefined;
}

const week = (text: (day: Weekday) => string): Week => Object.fromEntries(weekdays.map((day) => [day, text(day)])) as Week;

function draftOf({ calendar, closes_on_statutory_days: statutory }: CalendarView): Draft {
  const closed = calendar.holidays.map((day) => ({ day, hours: '' }));
  const differing = Object.entries(calendar.date_overrides).map(([day, hours]) => ({ day, hours: writeHours(hours) }));
  const days = [...closed, ...differing].sort((a, b) => a.day.localeCompare(b.day)).map((each, n) => ({ ...each, key: n }));
  return { hours: week((day) => writeHours(calendar.weekly[day])), breaks: week((day) => writeHours(calendar.breaks[day])), days, statutory, years: [] };
}

/** The form as a calendar, or undefined while a line cannot be read. Breaks of single dates stay as they were. */
function calendarOf(draft: Draft, before: CalendarView['calendar']): CalendarView['calendar'] | undefined {
  const read = (lines: Week): Record<string, Interval[]> | undefined => {
    const found: Record<string, Interval[]> = {};
    for (const day of weekdays) {
      const hours = readHours(lines[day]);
      if (hours === undefined) return undefined;
      if (hours.length > 0) found[day] = hours;
    }
    return found;
  };
  const weekly = read(draft.hours);
  const weeklyBreaks = read(draft.breaks);
  if (!weekly || !weeklyBreaks) return undefined;
  const overrides: Record<string, Interval[]> = {};
  for (const { day, hours } of draft.days) {
    const intervals = readHours(hours);
    if (intervals === undefined) return undefined;
    if (day !== '') overrides[day] = intervals;
  }
  const datedBreaks = Object.entries(before.breaks).filter(([key]) => !weekdays.some((day) => day === key));
  return { tz: before.tz, weekly, breaks: { ...Object.fromEntries(datedBreaks), ...weeklyBreaks }, date_overrides: overrides, holidays: [] };
}

export function HoursForm({ view }: { view: CalendarView }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const [draft, setDraft] = useState(() => draftOf(view));
  const set = (change: Partial<Draft>) => {
    save.reset();
    setDraft((before) => ({ ...before, ...change }));
  };
  const key = useRef(newClientKey());
  const save = useChangeCalendar();
  const calendar = calendarOf(draft, view.calendar);
  const byHand = yearsAsJson(draft.years);
  const { error } = save;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!calendar || byHand === undefined || save.isPending) return;
    save.mutate(
      { client_key: key.current, calendar, closes_on_statutory_days: draft.statutory, statutory_json: draft.list?.text ?? byHand },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setDraft((before) => ({ ...before, years: [], list: undefined }));
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <div className={styles.week}>
        <span className={styles.weekHead}>{t('hours.day')}</span>
        <span className={styles.weekHead}>{t('hours.hours')}</span>
        <span className={styles.weekHead}>{t('hours.breaks')}</span>
        {weekdays.map((day) => (
          <HoursLine key={day} name={word(`weekday.${day}`)} hours={draft.hours[day]} breaks={draft.breaks[day]} onHours={(hours) => set({ hours: { ...draft.hours, [day]: hours } })} onBreaks={(breaks) => set({ breaks: { ...draft.breaks, [day]: breaks } })} />
        ))}
      </div>
      <div>
        <Button kind="plain" icon="down" onClick={() => set({ hours: week(() => draft.hours.mon), breaks: week(() => draft.breaks.mon) })}>
          {t('hours.copy')}
        </Button>
      </div>
      <SpecialDays days={draft.days} onChange={(days) => set({ days })} />
      <Field label={t('hours.statutory')} help={t('hours.statutory_help')}>
        {() => (
          <Choice
            label={t('hours.statutory')}
            value={draft.statutory ? 1 : 0}
            onChange={(value) => set({ statutory: value === 1 })}
            options={[
              { value: 1, word: t('hours.rest') },
              { value: 0, word: t('hours.work') },
            ]}
          />
        )}
      </Field>
      <StatutoryList years={view.statutory} missing={view.missing_year} edited={draft.years} onEdit={(years) => set({ years })} chosen={draft.list?.name} onFile={(name, text) => set({ list: { name, text }, years: [] })} error={error?.of('statutory_json')} />
      {error && <Notice tone="late">{error.first}</Notice>}
      <p className="quiet small">{t('hours.effect')}</p>
      <div className={styles.buttons}>
        <Button kind="main" type="submit" busy={save.isPending} disabled={calendar === undefined || byHand === undefined || undefined}>
          {save.isSuccess ? word('saved') : word('save')}
        </Button>
      </div>
    </form>
  );
}
