// What the counter asks and does.
import type { QueryClient } from '@tanstack/react-query';
import { asMinor, askAhead, call, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Profile = Output<'customer_profile'>;
export type Receipt = Output<'sale_create'>;
export type Sale = Output<'sale_list'>['rows'][number];
export type SaleView = Output<'sale_get'>;
export type NewSale = Input<'sale_create'>;
export type Quote = Output<'sale_quote'>;
export type PriceQuote = Output<'price_quote_save'>;
export type Product = Output<'product_search'>['rows'][number];
export type LastOrder = Output<'sale_last_order'>;
export type SaleFilter = Input<'sale_list'>;
export type DayFigures = Output<'sale_day'>;
export type CustomerId = Profile['row']['id'];
export type SaleId = Sale['id'];

const profileTables: Table[] = ['customers', 'contacts', 'customer_tags', 'notes', 'customer_figures', 'sales', 'sale_lines', 'refunds', 'complaints', 'complaint_events', 'segment_assignments', 'tier_changes', 'ladder_versions', 'calendar_versions', 'points_lots', 'points_debts', 'consents'];
const saleTables: Table[] = ['sales', 'refunds', 'customers'];
type Points = Profile['points']['balance'];

/** Points that were typed; what is no number is refused by the backend. */
export const asPoints = (points: number): Points => (Number.isSafeInteger(points) ? points : -1) as Points;

export function useProfile(id: number | undefined) {
  return useAsk('customer_profile', { id: (id ?? 0) as CustomerId }, { tables: profileTables, enabled: id !== undefined, keep: true });
}

const salesOf = (day: string) => ['sale_list', { from_on: day, to_on: day, offset: 0, limit: 12 }, { tables: saleTables, keep: true }] as const;
/** The newest sales of the day. */
export const useSalesOf = (day: string) => useAsk(...salesOf(day));
export const useSales = (filter: SaleFilter) => useAsk('sale_list', filter, { tables: saleTables, keep: true });
export const useDay = (on: string) => useAsk('sale_day', { on }, { tables: saleTables, keep: true });
export const useSale = (id: SaleId) => useAsk('sale_get', { id }, { tables: ['sales', 'sale_lines', 'refunds', 'refund_lines', 'customers', 'approvals'] });
export const useCustomerSearch = (text: string) => useAsk('customer_search', { text, limit: 8 }, { tables: ['customers', 'contacts'], enabled: text.trim() !== '', keep: true });

export const useProducts = (text: string) => useAsk('product_search', { text: text.trim(), limit: 8 }, { tables: ['products'], enabled: text.trim() !== '', keep: true });
const favourites = ['product_favourites', {}, { tables: ['products'] }] as const;
export const useFavourites = () => useAsk(...favourites);
const rules = ['counter_rules', {}, { tables: ['settings'] }] as const;
export const useCounterRules = () => useAsk(...rules);
export const usePrices = (id: CustomerId) => useAsk('price_list', { id }, { tables: ['agreed_prices', 'products'] });
const keptDraft = (till: string) => ['draft_get', { till }, { tables: [] }] as const;
export const useKeptDraft = (till: string) => useAsk(...keptDraft(till));

/** A book is open in one window at a time, so a shop has one till. */
export const TILL = '1';

/** Asks what the till shows before anybody was found: the day begins with it. */
export function askTill(client: QueryClient): void {
  void askAhead(client, ...favourites);
  void askAhead(client, ...rules);
  void askAhead(client, ...keptDraft(TILL));
}

export const askToday = (client: QueryClient, day: string) => void askAhead(client, ...salesOf(day));

export const onOtherBook = (heard: () => void) => transport().onChange((change) => change.op.startsWith('book.') && heard());

export const findProducts = (text: string) => call('product_search', { text, limit: 8 });
export const findByCode = (code: string) => call('product_scan', { code });
export const lastOrderOf = (id: CustomerId) => call('sale_last_order', { id });
export const saveDraft = (till: string, content: string | null) => call('draft_save', { till, content });

/** What the goods of the basket would cost by quantity. */
export const usePriceQuote = (input: Input<'price_quote_preview'>, enabled: boolean) => useAsk('price_quote_preview', input, { tables: ['products', 'offers', 'agreed_prices', 'special_terms', 'ladder_versions', 'customer_figures'], enabled, keep: true });
export const usePriceQuotes = (filter: Input<'price_quote_list'>) => useAsk('price_quote_list', filter, { tables: ['price_quotes', 'customers', 'sales'] });
export const useSavePriceQuote = () => useAct('price_quote_save');

export type UsualOrder = Output<'usual_order_list'>['rows'][number];
export const useUsualOrders = (id: CustomerId) => useAsk('usual_order_list', { id }, { tables: ['usual_orders', 'usual_order_lines', 'products', 'customers'] });
export const useKeepUsual = () => useAct('usual_order_save');
export const useForgetUsual = () => useAct('usual_order_delete');
export const useSell = () => useAct('sale_create');
export const useRefund = () => useAct('sale_refund');
export const useRefundPreview = (refund: Input<'sale_refund_preview'>, enabled: boolean) => useAsk('sale_refund_preview', refund, { tables: ['sales', 'refunds', 'refund_lines'], enabled, keep: true });
export const useVoid = () => useAct('sale_void');
export const useAgree = () => useAct('price_agree');
export const useEndPrice = () => useAct('price_end');
export const useKeepWord = () => useAct('customer_keep_word');

/** How many points an amount takes. Undefined while the amount cannot be read. */
export const usePointsQuote = (customer: number, due: number | undefined) =>
  useAsk('points_quote', { customer_id: customer as CustomerId, amount_minor: asMinor(due ?? 0) }, { tables: ['points_events', 'points_lots', 'points_debts', 'points_rules'], keep: true });

/** The class of a customer and how it is served. */
export const useServiceCard = (customer: CustomerId) => useAsk('service_card', { id: customer }, { tables: ['customers', 'sales', 'complaints', 'interactions', 'segment_assignments', 'segment_pins', 'schemes', 'service_policies', 'priority_locks', 'customer_judgements', 'settings'] });
export const useBenefits = (customer: CustomerId) => useAsk('benefit_get', { id: customer }, { tables: ['benefit_entries', 'ladder_versions', 'customer_figures', 'customers'], keep: true });
export const useUseBenefit = () => useAct('benefit_use');
export const useWaitingGifts = (customer: CustomerId) => useAsk('giveaway_waiting', { id: customer }, { tables: ['giveaways', 'giveaway_people', 'gifts', 'gift_moves', 'complaints', 'complaint_events', 'customers'], keep: true });
export const useHandOut = () => useAct('giveaway_hand_out');
export const useEnrol = () => useAct('member_enrol');
export const useConsent = () => useAct('consent_change');
