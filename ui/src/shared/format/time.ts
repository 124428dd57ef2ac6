// Instants, days and spans as text. An instant is shown in the shop's zone, not in this computer's: a
// laptop on a journey changes nothing. Days are plain `YYYY-MM-DD` and have no zone.
import i18next from 'i18next';

export interface DayParts {
  year: number;
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
}

const zoned = new Map<string, Intl.DateTimeFormat>();

function partsIn(zone: string): Intl.DateTimeFormat {
  let format = zoned.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    zoned.set(zone, format);
  }
  return format;
}

function inZone(instant: string | number, zone: string): { day: string; time: string } {
  const found: Record<string, string> = {};
  for (const part of partsIn(zone).formatToParts(new Date(instant))) found[part.type] = part.value;
  return { day: `${found['year']}-${found['month']}-${found['day']}`, time: `${found['hour']}:${found['minute']}` };
}

export function dayParts(day: string): DayParts {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, day: date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay() };
}

/** The shop's day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: string | number, zone: string): string => inZone(instant, zone).day;

/** `09:05`, 24 hours, in the shop's zone. */
export const formatTime = (instant: string | number, zone: string): string => inZone(instant, zone).time;

/** The instant of a day and a time of day (`9:05`) in the shop's zone; undefined for what is no time. */
export function instantIn(day: string, time: string, zone: string): string | undefined {
  const found = /^(\d{1,2})[:：](\d{2})$/.exec(time.trim());
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || !/^\d{4}-\d{2}-\d{2}$/.test(day) || hour > 23 || minute > 59) return undefined;
  const { year, month, day: date } = dayParts(day);
  const wanted = Date.UTC(year, month - 1, date, hour, minute);
  let at = wanted;
  // How far the zone lies ahead is asked of the guess itself; twice is enough on either side of a clock change.
  for (let n = 0; n < 2; n += 1) {
    const shown = inZone(at, zone);
    const parts = dayParts(shown.day);
    const [h = 0, m = 0] = shown.time.split(':').map(Number);
    at += wanted - Date.UTC(parts.year, parts.month - 1, parts.day, h, m);
  }
  return new Date(at).toISOString();
}

const weekdayKeys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function weekday(parts: DayParts): string {
  return i18next.t(`weekday.${weekdayKeys[parts.weekday] ?? 'sun'}`);
}

/** `2026年3月5日 周四` */
export function formatDay(day: string): string {
  const parts = dayParts(day);
  return i18next.t('date.full', { ...parts, weekday: weekday(parts), monthName: monthName(parts.month) });
}

/** `3月5日`, with the year when it is not this one. */
export function formatShortDay(day: string, today: string): string {
  const parts = dayParts(day);
  const key = day.slice(0, 4) === today.slice(0, 4) ? 'date.short' : 'date.medium';
  return i18next.t(key, { ...parts, monthName: monthName(parts.month) });
}

/** `3月5日 14:20`, the day left out when it is today. */
export function formatInstant(instant: string | number, zone: string, today: string): string {
  const { day, time } = inZone(instant, zone);
  return day === today ? time : `${formatShortDay(day, today)} ${time}`;
}

function monthName(month: number): string {
  return new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1));
}

const DAY = 86_400_000;

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  const at = (day: string) => {
    const p = dayParts(day);
    return Date.UTC(p.year, p.month - 1, p.day);
  };
  return Math.round((at(to) - at(from)) / DAY);
}

/** `今天`, `昨天`, `3 天前`, `2 个月前`, `明天`, `3 天后`. */
export function formatAge(day: string, today: string): string {
  const days = daysBetween(day, today);
  if (days === 0) return i18next.t('age.today');
  if (days === 1) return i18next.t('age.yesterday');
  if (days === -1) return i18next.t('age.tomorrow');
  if (days < 0) return i18next.t('age.in_days', { count: -days });
  if (days < 60) return i18next.t('age.days', { count: days });
  if (days < 730) return i18next.t('age.months', { count: Math.floor(days / 30) });
  return i18next.t('age.years', { count: Math.floor(days / 365) });
}

/**
 * A span in words, `23 分`, `1 小时 05 分`, `2 天 3 小时`; under a minute in seconds. Open time (`open`) is never told in
 * days: 24 open hours are two or three days of the calendar.
 */
export function formatSpan(milliseconds: number, open = false): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return i18next.t('span.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return i18next.t('span.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 100 && open) return i18next.t('span.long_hours', { n: hours });
  if (hours < 24 || open) return i18next.t('span.hours', { n: hours, m: String(minutes % 60).padStart(2, '0') });
  return i18next.t('span.days', { n: Math.floor(hours / 24), h: hours % 24 });
}

/** How long ago an instant was, in one unit: `3 分钟前`. */
export function formatSince(instant: string | number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - new Date(instant).getTime()) / 60_000));
  if (minutes < 1) return i18next.t('age.just_now');
  if (minutes < 60) return i18next.t('age.minutes', { count: minutes });
  if (minutes < 1440) return i18next.t('age.hours', { count: Math.floor(minutes / 60) });
  return i18next.t('age.days', { count: Math.floor(minutes / 1440) });
}
