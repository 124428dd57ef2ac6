// Whole numbers and shares as text.

/** `12345` as `12,345`. */
export const formatCount = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** Basis points as per cent with at most one decimal: 7130 is `71.3%`. */
export function formatBasisPoints(points: number): string {
  const tenths = Math.round(points / 10);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}
