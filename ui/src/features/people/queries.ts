// What the lists beside the table of customers ask and do.
import { useAct, useAsk, type Input, type Output } from '@/backend/index.ts';

export type Board = Output<'wish_board'>;
export type Arrival = Board['arrivals'][number];
export type ReviewRow = Output<'customer_incomplete'>['rows'][number];
export type Lacking = NonNullable<Input<'customer_incomplete'>['lacking']>;

const reviewed = ['customers', 'contacts', 'customer_tags', 'customer_figures', 'consents', 'contact_persons', 'interactions', 'notes'] as const;

export type DueRow = Output<'customer_due'>['rows'][number];
export const useDue = (offset: number) => useAsk('customer_due', { offset }, { tables: ['sales', 'refunds', 'customers', 'contacts', 'custom_fields', 'custom_values', 'complaints', 'customer_figures'], keep: true });
export const useBoard = () => useAsk('wish_board', {}, { tables: ['wishes', 'arrivals', 'arrival_notices', 'customers', 'customer_details', 'contacts', 'products'] });
export const useProducts = (text: string) => useAsk('product_search', { text }, { tables: ['products'], enabled: text.trim() !== '', keep: true });
export const useArrive = () => useAct('wish_arrive');
export const useTold = () => useAct('wish_told');
export const useIncomplete = (lacking: string, offset: number, enabled: boolean) => useAsk('customer_incomplete', { lacking: lacking || null, offset }, { tables: reviewed, keep: true, enabled });
export const useRetention = (months: number, offset: number, enabled: boolean) => useAsk('customer_retention', { months, offset }, { tables: reviewed, keep: true, enabled });
