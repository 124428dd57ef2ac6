// A year of statutory days as text that a person can change, and back: `10-01~10-07`, `01-03`, several by commas.
import type { CalendarView } from './queries.ts';

export interface FestivalDraft {
  key: number;
  name: string;
  days: string;
}

export interface YearDraft {
  year: number;
  festivals: FestivalDraft[];
  work: string;
}

type Year = CalendarView['statutory'][number];

const DAY = 24 * 60 * 60 * 1000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Days in a row become one stretch; a day of another year keeps its year. */
export function writeDays(days: readonly string[], year: number): string {
  const short = (day: string) => (day.startsWith(`${year}-`) ? day.slice(5) : day);
  const stretches: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = stretches.at(-1);
    if (last && at(day) - at(last[1]) === DAY) last[1] = day;
    else stretches.push([day, day]);
  }
  return stretches.map(([from, to]) => (from === to ? short(from) : `${short(from)}~${short(to)}`)).join('，');
}

/** The days that a text means; undefined when it cannot be read. */
export function readDays(text: string, year: number): string[] | undefined {
  const found = new Set<string>();
  for (const part of text.split(/[,，、;；\s]+/).filter(Boolean)) {
    const [from, to, ...rest] = part.split(/[~～–—至]/).map((day) => readDay(day, year));
    if (!from || rest.length > 0 || (part.search(/[~～–—至]/) >= 0 && !to)) return undefined;
    const end = to ?? from;
    if (end < from || at(end) - at(from) > 60 * DAY) return undefined;
    for (let time = at(from); time <= at(end); time += DAY) found.add(iso(time));
  }
  return [...found].sort();
}

function readDay(text: string, year: number): string | undefined {
  const parts = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim());
  if (!parts) return undefined;
  const [, ownYear = String(year), month = '', day = ''] = parts;
  const written = `${ownYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // 31 June is no day: it would be read as 1 July.
  return !Number.isNaN(at(written)) && iso(at(written)) === written ? written : undefined;
}

export const draftOfYear = (year: Year): YearDraft => ({
  year: year.year,
  festivals: year.festivals.map((festival, key) => ({ key, name: festival.name, days: writeDays(festival.off, year.year) })),
  work: writeDays(year.work, year.year),
});

/** A year that nobody has told yet: the festivals of the one before, without days. */
export const blankYear = (year: number, before: Year | undefined): YearDraft => ({
  year,
  festivals: (before?.festivals ?? []).map((festival, key) => ({ key, name: festival.name, days: '' })),
  work: '',
});

/** The list as the backend takes it, null where nothing was changed, undefined while something cannot be read. */
export function yearsAsJson(years: readonly YearDraft[]): string | null | undefined {
  if (years.length === 0) return null;
  const told: Record<string, { off: Record<string, string[]>; work: string[] }> = {};
  for (const { year, festivals, work } of years) {
    const off: Record<string, string[]> = {};
    for (const { name, days } of festivals) {
      const read = readDays(days, year);
      if (read === undefined || (read.length > 0 && name.trim() === '')) return undefined;
      if (read.length > 0) off[name.trim()] = [...(off[name.trim()] ?? []), ...read];
    }
    const workDays = readDays(work, year);
    if (workDays === undefined) return undefined;
    told[year] = { off, work: workDays };
  }
  return JSON.stringify({ years: told });
}
