// The statutory days that are known, by year, and a newer list from a file.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import type { CalendarView } from './queries.ts';
import styles from './settings.module.css';

interface Props {
  years: CalendarView['statutory'];
  chosen: string | undefined;
  onFile: (name: string, text: string) => void;
  error: string | undefined;
}

export function StatutoryList({ years, chosen, onFile, error }: Props) {
  const { t } = useTranslation('settings');
  const { today } = useBook();
  const file = useRef<HTMLInputElement>(null);
  const day = (each: string) => formatShortDay(each, today);
  const span = (off: readonly string[]) => (off.length > 1 && off[0] && off.at(-1) ? `${day(off[0])} – ${day(off.at(-1) ?? '')}` : off.map(day).join('、'));
  return (
    <div className={styles.form}>
      {years.map((year) => (
        <details key={year.year} className={styles.statutory}>
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
        </details>
      ))}
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
      <div>
        <Button kind="plain" icon="import" onClick={() => file.current?.click()}>
          {t('statutory.import')}
        </Button>
      </div>
    </div>
  );
}
