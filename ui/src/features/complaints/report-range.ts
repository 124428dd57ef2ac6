// The stretches of days that a report is asked for, by the shop's own today.
import { useBook } from '@/shared/book.tsx';
import { dayParts } from '@/shared/format/index.ts';

export type RangeName = 'month' | 'last_month' | 'quarter' | 'year';

const dayText = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

export function reportRange(name: RangeName, today: string): { from: string; to: string } {
  const { year, month } = dayParts(today);
  switch (name) {
    case 'month':
      return { from: dayText(year, month, 1), to: today };
    case 'last_month':
      return { from: dayText(year, month - 1, 1), to: dayText(year, month, 0) };
    case 'quarter':
      return { from: dayText(year, month - 2, 1), to: today };
    case 'year':
      return { from: dayText(year, month - 11, 1), to: today };
  }
}

export function useReportRange(name: RangeName): { from: string; to: string } {
  return reportRange(name, useBook().today);
}
