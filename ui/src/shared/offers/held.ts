// What a customer holds, and what can be done with it: asked at the counter, on the profile and on the pages of packs and
// agreements alike.
import { asMinor, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type CustomerId = Input<'term_agree'>['customer_id'];
export type Pack = Output<'pack_list'>['rows'][number];
export type PackEntry = Pack['entries'][number];
export type Coupon = Output<'coupon_list'>['rows'][number];
export type Term = Output<'term_list'>['rows'][number];

export const packTables: Table[] = ['packs', 'pack_entries', 'pack_products', 'customers', 'sales'];
const couponTables: Table[] = ['coupons', 'coupon_batches', 'customers', 'sales'];

export const useTerms = (customer: CustomerId | null) => useAsk('term_list', { customer_id: customer }, { tables: ['special_terms', 'customers'], keep: true });
export const useCoupons = (customer: CustomerId) => useAsk('coupon_list', { customer_id: customer, only_unused: true, offset: 0 }, { tables: couponTables, keep: true });
export const usePacks = (customer: CustomerId | null) => useAsk('pack_list', { customer_id: customer }, { tables: packTables, keep: true });
export const useBenefits = (customer: CustomerId) => useAsk('benefit_get', { id: customer }, { tables: ['benefit_entries', 'ladder_versions', 'tier_changes', 'customers'], keep: true });
export const useQr = (text: string) => useAsk('qr_code', { text }, { tables: [] });

export const useAgree = () => useAct('term_agree');
export const useEndTerm = () => useAct('term_end');
export const useUsePack = () => useAct('pack_use');
export const useFreeze = () => useAct('pack_freeze');
export const useUnfreeze = () => useAct('pack_unfreeze');
export const useTakeBack = () => useAct('pack_take_back');
export const useGiveBack = () => useAct('pack_give_back');

/** A pack that can be used today or rests. */
export const isOpen = (pack: Pack): boolean => pack.standing.left > 0 && !pack.standing.is_expired && !pack.standing.is_closed;
