// What the list of products asks and does.
import { asMinor, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';

export { asMinor };
export type ProductView = Output<'product_get'>;
export type ProductFilter = Input<'product_list'>;
export type Show = NonNullable<ProductFilter['show']>;
export type Facts = Input<'product_create'>['facts'];

export const useProducts = (filter: ProductFilter) => useAsk('product_list', filter, { tables: ['products'], keep: true });
export const useCreateProduct = () => useAct('product_create');
export const useChangeProduct = () => useAct('product_change');
