// What the page of offers asks and does.
import { asMinor, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';

export { asMinor };
export type OfferRow = Output<'offer_list'>['rows'][number];
export type Offer = OfferRow['offer'];
export type Rule = Offer['rule'];
export type Less = Extract<Rule, { kind: 'bundle' }>['less'];
export type Product = Output<'product_search'>['rows'][number];
export type Trial = Output<'offer_preview'>;
export type OfferInput = Input<'offer_save'>;

export const useOffers = () => useAsk('offer_list', {}, { tables: ['offers', 'sale_offers', 'sales', 'refunds', 'products', 'scheme_versions'], keep: true });
/** What the offer would have cost. Undefined while the form cannot be read. */
export const useTrial = (offer: Offer | undefined) => useAsk('offer_preview', { offer: offer as Offer }, { tables: ['sales', 'refunds', 'products'], enabled: offer !== undefined, keep: true });
export type FittingRule = Output<'fitting_list'>['rows'][number];
export const useFittings = () => useAsk('fitting_list', {}, { tables: ['fitting_products', 'products', 'tags', 'customer_tags', 'customers'], keep: true });
export const useSaveFitting = () => useAct('fitting_save');
export const useDeleteFitting = () => useAct('fitting_delete');
export const useSave = () => useAct('offer_save');
export const useEnd = () => useAct('offer_end');

export const useProducts = (text: string) => useAsk('product_search', { text: text.trim(), limit: 6 }, { tables: ['products'], enabled: text.trim() !== '', keep: true });
export const useProductNames = () => useAsk('product_list', { show: 'active', offset: 0, limit: 200 } as Input<'product_list'>, { tables: ['products'] });
export const useTiers = () => useAsk('ladder_get', {}, { tables: ['ladder_versions'] });
export const useClasses = () => useAsk('segment_get', {}, { tables: ['scheme_versions', 'segment_runs'] });
