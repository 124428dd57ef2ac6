// Money as text and text as money. Amounts travel as integers in minor units; the currency and its number
// of decimals are the book's. No floating point anywhere.

export interface Currency {
  /** ISO code, such as CNY. */
  code: string;
  /** Decimals: 2 for 分 and cents, 0 for yen. */
  exponent: number;
}

const symbols: Record<string, string> = { CNY: '¥', JPY: '¥', HKD: 'HK$', TWD: 'NT$', MOP: 'MOP$', USD: 'US$', EUR: '€', GBP: '£', SGD: 'S$' };

/** What stands in place of an amount that the customer across the counter shall not read. */
export const hiddenAmount = '＊＊＊';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** `-123450` as `−¥1,234.50`; the minus sign stands before the sign of the currency. */
export function formatMoney(minor: number, currency: Currency): string {
  return `${minor < 0 ? '−' : ''}${symbols[currency.code] ?? `${currency.code} `}${formatAmount(Math.abs(minor), currency.exponent)}`;
}

/** The amount without a sign of currency, grouped: `1,234.50`. */
export function formatAmount(minor: number, exponent: number): string {
  const plain = plainAmount(minor, exponent);
  const [whole = '0', rest] = plain.split('.');
  const sign = whole.startsWith('-') ? '−' : '';
  return sign + grouped(whole.replace('-', '')) + (rest === undefined ? '' : `.${rest}`);
}

/** The amount as a person would type it again: `1234.50`. */
export function plainAmount(minor: number, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The largest amount a book takes. */
export const maxMinor = 9_000_000_000_000_000;

/** Full-width digits and signs become plain ones; spaces, grouping commas and the sign of the currency go. */
export function normaliseDigits(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/。/g, '.')
    .replace(/[\s,￥¥$元]/g, '');
}

/**
 * What was typed, in minor units: `12.5`, `12.50`, `12`, `￥１２．５`. Undefined when it is no amount of this currency:
 * letters, more decimals than it has, or more money than a book takes.
 */
export function parseAmount(text: string, exponent: number): number | undefined {
  const found = /^(-?)(\d*)(?:\.(\d*))?$/.exec(normaliseDigits(text));
  if (!found) return undefined;
  const [, sign = '', whole = '', rest = ''] = found;
  if (whole === '' && rest === '') return undefined;
  const decimals = rest.replace(/0+$/, '');
  if (decimals.length > exponent) return undefined;
  const digits = (whole + decimals.padEnd(exponent, '0')).replace(/^0+(?=\d)/, '');
  if (digits.length > 16) return undefined;
  const minor = Number(digits || '0');
  if (minor > maxMinor) return undefined;
  return sign && minor > 0 ? -minor : minor;
}

/** What comes or goes: the same, where a plus may stand before it. */
export const parseChange = (text: string, exponent: number): number | undefined => parseAmount(text.replace(/^\s*\+/, ''), exponent);
