// What the page of coupons asks and does.
import { asMinor, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';

export { asMinor };
export type Issue = Input<'coupon_issue'>;
export type Batch = Output<'coupon_batches'>['rows'][number];

export const useBatches = () => useAsk('coupon_batches', {}, { tables: ['coupon_batches', 'coupons', 'coupon_entries'], keep: true });
/** Number and cost before anything is issued. Undefined while the form cannot be read. */
export const usePreview = (issue: Issue | undefined) => useAsk('coupon_preview', issue as Issue, { tables: ['customers', 'customer_figures', 'ladder_versions'], enabled: issue !== undefined, keep: true });
export const useCodes = (batch: Batch['id']) => useAsk('coupon_list', { batch_id: batch, only_unused: false, offset: 0, limit: 500 }, { tables: ['coupons', 'coupon_batches', 'customers', 'sales'] });
export const useTiers = () => useAsk('ladder_get', {}, { tables: ['ladder_versions'] });
export const useIssue = () => useAct('coupon_issue');
