// Opening hours as people write them: `9:00-12:00，13:30-21:00`. Empty means closed. A second time that is not
// later than the first lies on the next day, as in a bar that closes at two.
import { toPlainDigits } from '@/shared/format/index.ts';

export type Interval = [string, string];

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

function readTime(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[:：.点时](\d{1,2})?分?)?$/.exec(text.trim());
  if (!found) return undefined;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The stretches of a day, or undefined when the text is none. */
export function readHours(text: string): Interval[] | undefined {
  const parts = toPlainDigits(text)
    .split(/[,，、;；]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const found: Interval[] = [];
  for (const part of parts) {
    const [from, to, more] = part.split(/\s*[-–—~～至到]+\s*/);
    const start = readTime(from ?? '');
    const end = readTime(to ?? '');
    if (start === undefined || end === undefined || more !== undefined) return undefined;
    found.push([start, end]);
  }
  return found;
}

export const writeHours = (intervals: readonly Interval[] | undefined): string => (intervals ?? []).map(([from, to]) => `${from}-${to}`).join('，');
