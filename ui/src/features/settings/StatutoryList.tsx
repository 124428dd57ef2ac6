// The statutory days that are known, by year: to read, to change by hand, or as a newer list from a file.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import type { CalendarView } from './queries.ts';
import { blankYear, draftOfYear, readDays, type YearDraft } from './statutory.ts';
import styles from './settings.module.css';

interface Props {
  years: CalendarView['statutory'];
  missing: number | null;
  edited: readonly YearDraft[];
  onEdit: (edited: YearDraft[]) => void;
  chosen: string | undefined;
  onFile: (name: string, text: string) => void;
  error: string | undefined;
}

export function StatutoryList({ years, missing, edited, onEdit, chosen, onFile, error }: Props) {
  const { t } = useTranslation('settings');
  const { today } = useBook();
  const file = useRef<HTMLInputElement>(null);
  const set = (draft: YearDraft) => onEdit([...edited.filter((other) => other.year !== draft.year), draft]);
  const next = missing ?? Math.max(Number(today.slice(0, 4)), ...years.map((year) => year.year)) + 1;
  const isKnown = (year: number) => years.some((each) => each.year === year);
  return (
    <div className={styles.form}>
      {edited
        .filter((draft) => !isKnown(draft.year))
        .map((draft) => (
          <YearEditor key={draft.year} draft={draft} onChange={set} onCancel={() => onEdit(edited.filter((other) => other !== draft))} />
        ))}
      {years.map((year) => {
        const draft = edited.find((each) => each.year === year.year);
        if (draft) return <YearEditor key={year.year} draft={draft} onChange={set} onCancel={() => onEdit(edited.filter((other) => other !== draft))} />;
        return <Year key={year.year} year={year} onEdit={chosen ? undefined : () => set(draftOfYear(year))} />;
      })}
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('statutory.import')}
        onChange={(event) => {
          const picked = event.target.files?.[0];
          if (picked) void picked.text().then((text) => onFile(picked.name, text));
        }}
      />
      {chosen && <Notice tone="info">{t('statutory.chosen', { name: chosen })}</Notice>}
      {error && <Notice tone="late">{error}</Notice>}
      <div className={styles.buttons}>
        {!isKnown(next) && !chosen && edited.every((draft) => draft.year !== next) && (
          <Button kind="plain" icon="plus" onClick={() => set(blankYear(next, years[0]))}>
            {t('statutory.add_year', { year: next })}
          </Button>
        )}
        <Button kind="plain" icon="import" onClick={() => file.current?.click()}>
          {t('statutory.import')}
        </Button>
      </div>
    </div>
  );
}

function Year({ year, onEdit }: { year: CalendarView['statutory'][number]; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation('settings');
  const { today } = useBook();
  const day = (each: string) => formatShortDay(each, today);
  const span = (off: readonly string[]) => (off.length > 1 && off[0] && off.at(-1) ? `${day(off[0])} – ${day(off.at(-1) ?? '')}` : off.map(day).join('、'));
  return (
    <details className={styles.statutory}>
      <summary>
        {t('statutory.year', { year: year.year, n: year.festivals.reduce((sum, each) => sum + each.off.length, 0), work: year.work.length })}
        {year.is_own && <span className="quiet small"> {t('statutory.own')}</span>}
      </summary>
      <ul className="figures">
        {year.festivals.map((each) => (
          <li key={each.name}>
            {each.name} {span(each.off)}
          </li>
        ))}
        {year.work.length > 0 && <li>{t('statutory.work', { days: year.work.map(day).join('、') })}</li>}
      </ul>
      {onEdit && (
        <Button kind="plain" icon="edit" onClick={onEdit}>
          {t('statutory.edit', { year: year.year })}
        </Button>
      )}
    </details>
  );
}

function YearEditor({ draft, onChange, onCancel }: { draft: YearDraft; onChange: (draft: YearDraft) => void; onCancel: () => void }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const set = (key: number, change: Partial<YearDraft['festivals'][number]>) => onChange({ ...draft, festivals: draft.festivals.map((each) => (each.key === key ? { ...each, ...change } : each)) });
  const next = Math.max(-1, ...draft.festivals.map((each) => each.key)) + 1;
  return (
    <fieldset className={styles.yearEditor}>
      <legend className={styles.weekday}>{t('statutory.edit', { year: draft.year })}</legend>
      <p className="quiet small">{t('statutory.edit_help')}</p>
      {draft.festivals.map((festival) => (
        <div key={festival.key} className={styles.special}>
          <input className={styles.input} aria-label={t('statutory.festival')} placeholder={t('statutory.festival')} value={festival.name} autoComplete="off" onChange={(event) => set(festival.key, { name: event.target.value })} />
          <DaysInput label={`${festival.name} ${t('statutory.days')}`} year={draft.year} value={festival.days} onChange={(days) => set(festival.key, { days })} />
          <Button kind="plain" icon="close" aria-label={t('statutory.remove_festival', { name: festival.name })} title={t('statutory.remove_festival', { name: festival.name })} onClick={() => onChange({ ...draft, festivals: draft.festivals.filter((other) => other.key !== festival.key) })} />
        </div>
      ))}
      <div className={styles.special}>
        <span className={styles.weekday}>{t('statutory.work_word')}</span>
        <DaysInput label={t('statutory.work_word')} year={draft.year} value={draft.work} onChange={(work) => onChange({ ...draft, work })} />
        <span />
      </div>
      <div className={styles.buttons}>
        <Button kind="plain" icon="plus" onClick={() => onChange({ ...draft, festivals: [...draft.festivals, { key: next, name: '', days: '' }] })}>
          {t('statutory.add_festival')}
        </Button>
        <Button kind="plain" onClick={onCancel}>
          {word('cancel')}
        </Button>
      </div>
    </fieldset>
  );
}

function DaysInput({ label, year, value, onChange }: { label: string; year: number; value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('settings');
  const isUnread = readDays(value, year) === undefined;
  return (
    <span className={styles.hoursCell}>
      <input className={`${styles.input} figures`} aria-label={label} aria-invalid={isUnread || undefined} value={value} placeholder="10-01~10-07" autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      {isUnread && (
        <span className={styles.unread} role="alert">
          {t('statutory.unread')}
        </span>
      )}
    </span>
  );
}
