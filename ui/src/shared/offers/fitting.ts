// What fits a customer by the tags, for the counter and the profile.
import { useAsk, type Output } from '@/backend/index.ts';
import type { CustomerId } from './held.ts';

export type Fitting = Output<'fitting_for'>['rows'][number];

export const useFitting = (customer: CustomerId) => useAsk('fitting_for', { customer_id: customer }, { tables: ['fitting_products', 'products', 'customer_tags', 'tags', 'sales', 'refunds', 'complaints', 'complaint_events', 'customers'], keep: true });
