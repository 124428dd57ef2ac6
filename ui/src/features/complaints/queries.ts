// What the complaints' screens ask and do.
import { asMinor, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Case = Output<'complaint_get'>;
export type CaseRow = Output<'complaint_inbox'>['rows'][number];
export type ComplaintId = CaseRow['id'];
export type Severity = CaseRow['severity'];
export type Resolution = Input<'complaint_resolve'>;
export type FollowUpResult = Input<'complaint_follow_up'>['result'];
export type Goods = NonNullable<Resolution['compensation_goods']>;
export type ProductHit = Output<'product_search'>['rows'][number];
export type Gift = Output<'gift_list'>['gifts'][number];
export type CustomerHit = Output<'customer_search'>['rows'][number];

export const channels = ['phone', 'in_person', 'wechat', 'sms', 'email'] as const;
export type Channel = (typeof channels)[number];
export const categories = ['quality', 'service', 'delivery', 'price', 'allergy', 'other'] as const;
export type Category = (typeof categories)[number];
export const compensations = ['none', 'refund', 'replacement', 'repair', 'redo', 'coupon', 'gift', 'points', 'benefit'] as const;
export type CompensationKind = (typeof compensations)[number];

export type Owner = Case['desk']['people'][number]['id'];
export type CaseKind = CaseRow['kind'];
export type GivenThing = Case['resolutions'][number]['returnable'][number];
export type Remedy = Case['remedies'][number];
export type RemedyKind = Remedy['kind'];
export const remedies = ['repair', 'replacement', 'refund', 'resend', 'redo'] as const satisfies readonly RemedyKind[];
export type Improvement = Output<'improvement_list'>['rows'][number];
export type Report = Output<'complaint_report'>;
export type Totals = Report['totals'];
export type AssessmentBoard = Output<'assessment_board'>;
export type Rhythm = NonNullable<AssessmentBoard['rhythm']>;
export type Dimension = NonNullable<Input<'complaint_report'>['by']>;
export type Figures = Report['totals']['promises'][number];
export type Script = Output<'complaint_scripts'>['scripts'][number];
export type SaleHit = Output<'sale_list'>['rows'][number];

const tables: Table[] = ['improvements', 'improvement_cases', 'complaints', 'complaint_events', 'complaint_verdicts', 'complaint_resolutions', 'compensation_postings', 'compensation_returns', 'compensation_reversals', 'remedies', 'remedy_promises', 'remedy_verdicts', 'remedy_ends', 'attachments', 'approvals', 'customers', 'staff', 'calendar_versions', 'policy_versions', 'sales'];

/** A year whose statutory days are not known and should be: due times in it would count holidays as open. */
export const useMissingYear = () => useAsk('calendar_get', {}, { tables: ['calendar_versions', 'book'] }).data?.missing_year ?? null;
export type Order = NonNullable<Input<'complaint_inbox'>['order']>;
export const useInbox = (closed: boolean, kind: CaseKind | null, owner: Owner | null, order: Order) => useAsk('complaint_inbox', { closed, customer_id: null, kind, owner_id: owner, order, offset: 0, limit: 200 }, { tables: order === 'priority' ? [...tables, 'priority_locks', 'customer_judgements', 'service_policies', 'settings'] : tables, keep: true });
export const useCase = (id: number) => useAsk('complaint_get', { id: id as ComplaintId }, { tables });
export const useOpenComplaint = () => useAct('complaint_open');
export const useRespond = () => useAct('complaint_respond');
export const useStart = () => useAct('complaint_start');
export const useWait = () => useAct('complaint_wait');
export const useResume = () => useAct('complaint_resume');
export const useNoteOn = () => useAct('complaint_note');
export const useCustomerWrote = () => useAct('complaint_customer_wrote');
export const useResolve = () => useAct('complaint_resolve');
export const useTakeBack = () => useAct('complaint_take_back');
export const usePromise = () => useAct('complaint_promise');
export const useChangePromise = () => useAct('complaint_change_promise');
export const useFinishPromise = () => useAct('complaint_finish_promise');
export const useDropPromise = () => useAct('complaint_drop_promise');
export const useGifts = () => useAsk('gift_list', {}, { tables: ['gifts', 'gift_moves'], keep: true });
export const useFollowUp = () => useAct('complaint_follow_up');
export const useReopen = () => useAct('complaint_reopen');
export const useClose = () => useAct('complaint_close');
export const useWithdraw = () => useAct('complaint_withdraw');
export const useHandOver = () => useAct('complaint_hand_over');
export const useDuplicate = () => useAct('complaint_duplicate');
export const useChangeSeverity = () => useAct('complaint_change_severity');
export const useCorrectReceipt = () => useAct('complaint_correct_receipt');
export const useCorrectAct = () => useAct('complaint_correct_act');
export const useAddFile = () => useAct('attachment_add');
export const useCopyFile = () => useAct('attachment_copy');
export const useRemoveFile = () => useAct('attachment_remove');
export const pickFile = () => transport().pick('keep_file');
export const useScripts = (id: ComplaintId) => useAsk('complaint_scripts', { complaint_id: id }, { tables: ['complaints', 'complaint_scripts', 'complaint_resolutions', 'customers'] });
export const useImprovements = (finished: boolean) => useAsk('improvement_list', { finished }, { tables: ['improvements', 'improvement_cases'], keep: true });
export const useSaveImprovement = () => useAct('improvement_save');
export const useAssessments = () => useAsk('assessment_board', {}, { tables: [...tables, 'assessments', 'assessment_plans', 'assessment_improvements'], keep: true });
export const usePlanAssessments = () => useAct('assessment_plan');
export const useRecordAssessment = () => useAct('assessment_record');
export const useReport = (by: Dimension, from: string | null, to: string | null) => useAsk('complaint_report', { by, from, to }, { tables, keep: true });
export const useExportReport = () => useAct('complaint_report_export');
export const pickFolder = () => transport().pick('export_folder');
export const useTraining = (id: ComplaintId) => useAsk('complaint_training', { id }, { tables });

/** Words that sell something, asked for as they are typed. */
export function useSalesWords(text: string) {
  const asked = text.trim();
  return useAsk('complaint_sales_words', { text: asked }, { tables: [], enabled: asked !== '', keep: true });
}

/** What a customer bought lately, to say which sale it is about. */
export function useSalesOf(customer: CustomerHit['id'] | undefined) {
  return useAsk('sale_list', { customer_id: customer ?? null, offset: 0, limit: 20 }, { tables: ['sales'], enabled: customer !== undefined });
}

export function useProductSearch(text: string) {
  const asked = text.trim();
  return useAsk('product_search', { text: asked, limit: 6 }, { tables: ['products'], enabled: asked !== '', keep: true });
}

export function useCustomerSearch(text: string) {
  const asked = text.trim();
  return useAsk('customer_search', { text: asked, limit: 6 }, { tables: ['customers', 'contacts'], enabled: asked !== '', keep: true });
}

/** The customer whose id the place brought along. */
export function useCustomer(id: number | undefined) {
  return useAsk('customer_profile', { id: (id ?? 0) as CustomerHit['id'] }, { tables: ['customers'], enabled: id !== undefined });
}
