// What the page of coupons asks and does.
import { asMinor, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Issue = Input<'coupon_issue'>;
export type Batch = Output<'coupon_batches'>['rows'][number];
export type Coupon = Output<'coupon_list'>['rows'][number];
export type Filter = Input<'coupon_list'>;
export type CustomerId = NonNullable<Coupon['customer_id']>;

export type PlanInput = Input<'coupon_plan_save'>;
export type PlanRow = Output<'coupon_plan_list'>['rows'][number];

export type RecallQuestion = Input<'coupon_recall'>;
export type RecallPage = Output<'coupon_recall'>;
export type RecallRow = RecallPage['rows'][number];

const tables: Table[] = ['coupons', 'coupon_batches', 'customers', 'sales'];
/** So many codes stand on a page. */
export const SHOWN = 200;
/** So many people of a recall stand on a page. */
export const RECALLED = 50;
/** The days within which a coupon is pointed out. */
export const SOON_DAYS = 3;

export const useBatches = () => useAsk('coupon_batches', {}, { tables: ['coupon_batches', 'coupons', 'coupon_entries'], keep: true });
/** Number and cost before anything is issued. Undefined while the form cannot be read. */
export const usePreview = (issue: Issue | undefined) => useAsk('coupon_preview', issue as Issue, { tables: ['customers', 'customer_figures', 'ladder_versions'], enabled: issue !== undefined, keep: true });
export const useCodes = (filter: Filter) => useAsk('coupon_list', { ...filter, limit: SHOWN }, { tables, keep: true });
export const useTiers = () => useAsk('ladder_get', {}, { tables: ['ladder_versions'] });
export const useClasses = () => useAsk('segment_get', {}, { tables: ['segment_runs', 'segment_assignments', 'schemes'] });
export const useName = (id: CustomerId | undefined) => useAsk('customer_profile', { id: id as CustomerId }, { tables: ['customers'], enabled: id !== undefined });
export const usePlans = () => useAsk('coupon_plan_list', {}, { tables: ['coupon_plans', 'coupon_plan_runs', 'coupon_entries', 'ladder_versions'], keep: true });
/** Who would get one if the plan began now. Undefined while the form cannot be read. */
export const usePlanPreview = (input: PlanInput | undefined) => useAsk('coupon_plan_preview', input as PlanInput, { tables: ['customers', 'customer_figures', 'ladder_versions'], enabled: input !== undefined, keep: true });
/** Who came back after these coupons, a page at a time, with the words for whoever did not. */
export const useRecall = (question: RecallQuestion) => useAsk('coupon_recall', { ...question, limit: RECALLED }, { tables: ['coupons', 'coupon_plan_runs', 'sales', 'refunds', 'consents', 'customer_details', 'complaints', 'products', 'complaint_scripts'], keep: true });
export const useRecallText = () => useAct('coupon_change_recall_text');
export const useSavePlan = () => useAct('coupon_plan_save');
export const useEndPlan = () => useAct('coupon_plan_end');
export const useIssue = () => useAct('coupon_issue');
export const useVoid = () => useAct('coupon_void');
export const useVoidBatch = () => useAct('coupon_void_batch');
