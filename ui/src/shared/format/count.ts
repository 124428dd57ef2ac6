// Whole numbers and shares as text.
import { normaliseDigits } from './money.ts';

/** `12345` as `12,345`. */
export const formatCount = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A whole number as it was typed, full-width digits too; nothing typed is `null`, what is no whole number `undefined`. */
export function parseCount(text: string): number | null | undefined {
  const typed = normaliseDigits(text);
  return typed === '' ? null : /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
}

/** Basis points as per cent with at most one decimal: 7130 is `71.3%`. */
export function formatBasisPoints(points: number): string {
  const tenths = Math.round(points / 10);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** `12 KB`, `1.4 MB`. */
export const formatSize = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
