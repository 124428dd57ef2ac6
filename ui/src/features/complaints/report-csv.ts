// The report as a table for a spreadsheet: durations in minutes, shares in per cent, nothing rounded away but the
// second decimal.
import type { TFunction } from 'i18next';
import type { Report } from './queries.ts';

const cell = (text: string): string => {
  // A cell that a spreadsheet would take for a formula is text.
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const minutes = (seconds: number | null): string => (seconds === null ? '' : (seconds / 60).toFixed(1));

export function asCsv(report: Report, word: (group: string) => string, t: TFunction<'complaints'>): string {
  const columns = ['met', 'broken', 'share', 'median', 'p90', 'late_median', 'late_worst', 'running', 'paused', 'withdrawn'] as const;
  const head = [t('report.group'), t('report.count'), t('report.promise'), ...columns.map((each) => t(`report.column.${each}`))];
  const rows = report.groups.flatMap((group) =>
    group.promises.map((each) => [
      word(group.group),
      String(group.cases),
      t(`promise.${each.promise}`),
      String(each.met),
      String(each.broken),
      each.met_bp === null ? '' : (each.met_bp / 100).toFixed(2),
      minutes(each.median_s),
      minutes(each.p90_s),
      minutes(each.late_median_s),
      minutes(each.late_worst_s),
      String(each.running),
      String(each.paused),
      String(each.withdrawn),
    ]),
  );
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** Hands a text over as a file; the mark in front tells a spreadsheet that it is UTF-8. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
