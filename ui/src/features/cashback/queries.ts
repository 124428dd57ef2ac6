// What the pages of the annual cashback ask and do.
import { asMinor, call, useAct, useAsk, useJob, type Input, type Output, type Table } from '@/backend/index.ts';
import type { CashbackRunView } from '@/backend/bindings/CashbackRunView.ts';

export { asMinor, useJob };
export type Question = Input<'cashback_preview'>;
export type Rules = Question['rules'];
export type Preview = Output<'cashback_preview'>;
export type Row = Preview['rows'][number];
export type Run = CashbackRunView;
export type Runs = Output<'cashback_runs'>;
export type RunId = Run['id'];

const tables: Table[] = ['cashback_runs', 'cashback_years', 'sales', 'refunds', 'customers', 'customer_figures', 'ladder_versions'];
/** So many people of a run are asked for at once. */
export const PAGE = 200;

export const useRuns = () => useAsk('cashback_runs', {}, { tables: ['cashback_runs', 'ladder_versions'], keep: true });
/** Who would get what. Undefined while the form cannot be read. */
export const usePreview = (question: Question | undefined) => useAsk('cashback_preview', question as Question, { tables, enabled: question !== undefined, keep: true });
export const useList = (id: RunId, offset: number, limit: number | null) => useAsk('cashback_list', { id, offset, limit }, { tables: ['cashback_runs', 'cashback_years', 'coupons', 'customers'], keep: true });
/** Rows for the list on paper. */
export const rowsOf = async (id: RunId, offset: number, limit: number) => (await call('cashback_list', { id, offset, limit })).rows;
export const useApprove = () => useAct('cashback_approve');
export const useReverse = () => useAct('cashback_reverse');
export const useCancelJob = () => useAct('job_cancel');
