// Spans as people write them: `90`, `90 分`, `24 小时`, `1h30`. A bare number is minutes.

const hourWords = /^(\d+(?:[.,]5)?)\s*(?:小时|小時|时|時|hours?|h)\s*(.*)$/i;
const minuteWords = /^(\d+)\s*(?:分钟|分鐘|分|minutes?|min|m)?$/i;
const plain = (text: string) => text.replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();

/** Whole minutes, or undefined for what is no span. */
export function readMinutes(text: string): number | undefined {
  const said = plain(text);
  const hours = hourWords.exec(said);
  const rest = hours ? (hours[2] ?? '').trim() : said;
  const minutes = minuteWords.exec(rest);
  if (!minutes && !(hours && rest === '')) return undefined;
  const total = Number((hours?.[1] ?? '0').replace(',', '.')) * 60 + Number(minutes?.[1] ?? 0);
  return Number.isSafeInteger(total) && total <= 527_040 ? total : undefined;
}

/** The shortest way to write it: full hours as hours, everything else in minutes. */
export function writeMinutes(minutes: number, words: { h: string; m: string }): string {
  return minutes > 60 && minutes % 30 === 0 ? `${minutes / 60} ${words.h}` : `${minutes} ${words.m}`;
}
