// What every screen must know of the open book to turn numbers into text: currency, zone, the shop's day,
// and whether amounts are masked. The frame provides it; formatting hooks read it.
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { formatMoney, hiddenAmount, type Currency } from './format/index.ts';

export interface Book {
  shopName: string;
  currency: Currency;
  zone: string;
  /** The shop's business day, YYYY-MM-DD. */
  today: string;
  hideAmounts: boolean;
}

const fallback: Book = { shopName: '', currency: { code: 'CNY', exponent: 2 }, zone: 'Asia/Shanghai', today: '1970-01-01', hideAmounts: false };

const BookContext = createContext<Book>(fallback);

export function BookProvider({ book, children }: { book: Book | undefined; children: ReactNode }) {
  return <BookContext.Provider value={book ?? fallback}>{children}</BookContext.Provider>;
}

export const useBook = (): Book => useContext(BookContext);

/** Writes an amount in the book's currency, or masks it. */
export function useMoney(): (minor: number) => string {
  const { currency, hideAmounts } = useBook();
  return useMemo(() => (minor: number) => (hideAmounts ? hiddenAmount : formatMoney(minor, currency)), [currency, hideAmounts]);
}

/** The sign of the book's currency, for the field of an amount. */
export function useCurrencySign(): string {
  const { currency } = useBook();
  return formatMoney(0, { ...currency, exponent: 0 }).replace('0', '');
}

const anyAmount = /(?:HK\$|NT\$|US\$|MOP\$|[¥￥€£$])\s?\d[\d,]*(?:\.\d+)?/g;

/** A sentence of the backend with its amounts masked while they are hidden. */
export function useSentence(): (text: string) => string {
  const { hideAmounts } = useBook();
  return useMemo(() => (text: string) => (hideAmounts ? text.replace(anyAmount, hiddenAmount) : text), [hideAmounts]);
}
