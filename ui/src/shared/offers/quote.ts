// What a sale would be, before it is one: asked by the counter and by whatever else sells.
import { useAsk, type Input, type Output } from '@/backend/index.ts';

export type Quote = Output<'sale_quote'>;

/** What the sale would be; asked at every change of the form. */
export const useQuote = (sale: Input<'sale_create'>, enabled: boolean) => useAsk('sale_quote', { ...sale, client_key: null, note: null, till: null }, { tables: ['products', 'agreed_prices', 'settings', 'customers', 'offers', 'special_terms', 'ladder_versions', 'customer_figures'], enabled, keep: true });
