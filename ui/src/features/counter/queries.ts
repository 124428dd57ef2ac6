// What the counter asks and does.
import { asMinor, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Profile = Output<'customer_profile'>;
export type Receipt = Output<'sale_create'>;
export type Sale = Output<'sale_list'>['rows'][number];
export type NewSale = Input<'sale_create'>;
export type CustomerId = Profile['row']['id'];

const profileTables: Table[] = ['customers', 'contacts', 'customer_tags', 'notes', 'customer_figures', 'sales', 'sale_lines', 'refunds', 'complaints', 'complaint_events', 'segment_assignments', 'tier_changes', 'ladder_versions', 'calendar_versions'];

export function useProfile(id: number | undefined) {
  return useAsk('customer_profile', { id: (id ?? 0) as CustomerId }, { tables: profileTables, enabled: id !== undefined, keep: true });
}

/** The newest sales of the day. */
export const useSalesOf = (day: string) => useAsk('sale_list', { from_on: day, to_on: day, offset: 0, limit: 12 }, { tables: ['sales', 'refunds', 'customers'], keep: true });

export const useSell = () => useAct('sale_create');
export const useRefund = () => useAct('sale_refund');
