// What the complaints' screens ask and do.
import { asMinor, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Case = Output<'complaint_get'>;
export type CaseRow = Output<'complaint_inbox'>['rows'][number];
export type ComplaintId = CaseRow['id'];
export type Severity = CaseRow['severity'];
export type Resolution = Input<'complaint_resolve'>;
export type FollowUpResult = Input<'complaint_follow_up'>['result'];
export type CustomerHit = Output<'customer_search'>['rows'][number];

export const channels = ['phone', 'in_person', 'wechat', 'sms', 'email'] as const;
export type Channel = (typeof channels)[number];
export const categories = ['quality', 'service', 'delivery', 'price', 'allergy', 'other'] as const;
export type Category = (typeof categories)[number];
export const compensations = ['none', 'refund', 'replacement', 'repair', 'redo', 'coupon', 'gift', 'points', 'benefit'] as const;
export type CompensationKind = (typeof compensations)[number];

const tables: Table[] = ['complaints', 'complaint_events', 'complaint_verdicts', 'complaint_resolutions', 'customers', 'calendar_versions', 'policy_versions', 'sales'];

export const useInbox = (closed: boolean) => useAsk('complaint_inbox', { closed, customer_id: null, offset: 0, limit: 200 }, { tables, keep: true });
export const useCase = (id: number) => useAsk('complaint_get', { id: id as ComplaintId }, { tables });
export const useOpenComplaint = () => useAct('complaint_open');
export const useRespond = () => useAct('complaint_respond');
export const useStart = () => useAct('complaint_start');
export const useWait = () => useAct('complaint_wait');
export const useResume = () => useAct('complaint_resume');
export const useNoteOn = () => useAct('complaint_note');
export const useCustomerWrote = () => useAct('complaint_customer_wrote');
export const useResolve = () => useAct('complaint_resolve');
export const useFollowUp = () => useAct('complaint_follow_up');
export const useReopen = () => useAct('complaint_reopen');
export const useClose = () => useAct('complaint_close');
export const useWithdraw = () => useAct('complaint_withdraw');

export function useCustomerSearch(text: string) {
  const asked = text.trim();
  return useAsk('customer_search', { text: asked, limit: 6 }, { tables: ['customers', 'contacts'], enabled: asked !== '', keep: true });
}

/** The customer whose id the place brought along. */
export function useCustomer(id: number | undefined) {
  return useAsk('customer_profile', { id: (id ?? 0) as CustomerHit['id'] }, { tables: ['customers'], enabled: id !== undefined });
}
