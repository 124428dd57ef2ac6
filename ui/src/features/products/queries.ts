// What the list of products asks and does.
import { asMinor, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type ProductView = Output<'product_get'>;
export type ProductFilter = Input<'product_list'>;
export type Show = NonNullable<ProductFilter['show']>;
export type Facts = Input<'product_create'>['facts'];

export const useProducts = (filter: ProductFilter) => useAsk('product_list', filter, { tables: ['products'], keep: true });
/** How many are told of something new first, because their tier brings it. Asked once something new is there. */
export const useFirstTold = (enabled: boolean) => useAsk('benefit_new_first', { offset: 0, limit: 1 }, { tables: ['ladder_versions', 'customer_figures', 'customers', 'consents', 'complaints'], enabled });
export const useCreateProduct = () => useAct('product_create');
export const useChangeProduct = () => useAct('product_change');

export type IntentRow = Output<'product_intent'>['rows'][number];
export const PAGE = 50;
const intentTables: Table[] = ['products', 'wishes', 'interactions', 'price_quotes', 'complaints', 'customers', 'customer_details', 'customer_figures', 'consents'];
export const useIntent = (id: number, offset: number) => useAsk('product_intent', { product_id: id as ProductView['row']['id'], offset, limit: PAGE }, { tables: intentTables, keep: true });

export type ProductSheet = Output<'product_sheet'>;
export const useProductSheet = (id: number) => useAsk('product_sheet', { id: id as ProductView['row']['id'] }, { tables: ['products', 'product_sheets'] });
export const useSaveSheet = () => useAct('product_sheet_save');
export const pickPhoto = () => transport().pick('keep_file');
