// What the page of packs asks and does.
import { asMinor, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';
import { packTables } from '@/shared/offers/held.ts';

export { asMinor };
export type Overview = Output<'pack_overview'>;
export type Kind = Overview['products'][number];
export type Pack = Overview['reminders'][number];
export type NewSale = Input<'sale_create'>;
export type CustomerId = Pack['customer_id'];

export const useOverview = () => useAsk('pack_overview', {}, { tables: [...packTables, 'products'], keep: true });
export const useAll = (enabled: boolean) => useAsk('pack_list', {}, { tables: packTables, keep: true, enabled });
export const useSaveKind = () => useAct('pack_product');
export const useSell = () => useAct('sale_create');
export const useName = (id: CustomerId | undefined) => useAsk('customer_profile', { id: id as CustomerId }, { tables: ['customers'], enabled: id !== undefined });
