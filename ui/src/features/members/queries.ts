// What the lists of the membership ask and do.
import { call, transport, useAct, useAsk, useJob, type Input, type Output, type Table } from '@/backend/index.ts';
import type { ExportedFile } from '@/backend/bindings/ExportedFile.ts';

export type Invite = Output<'member_invites'>['rows'][number];
export type FirstTold = Output<'benefit_new_first'>['rows'][number];
export type CustomerId = FirstTold['id'];
export type Way = Input<'member_enrol'>['way'];
export type Column = Input<'customer_table_export'>['columns'][number];
export type File = ExportedFile;

/** So many rows are asked for at once. */
export const PAGE = 100;

const tables: Table[] = ['customers', 'customer_figures', 'customer_details', 'consents', 'sales', 'refunds', 'complaints', 'complaint_events', 'ladder_versions', 'settings', 'points_ledger'];

export const useInvites = (visits: number | undefined, offset: number) => useAsk('member_invites', { visits, offset, limit: PAGE }, { tables, keep: true });
export const useNewFirst = (offset: number) => useAsk('benefit_new_first', { offset, limit: PAGE }, { tables, keep: true });

export const invited = async (visits: number | undefined, offset: number, limit: number) => (await call('member_invites', { visits, offset, limit })).rows;
export const invitedIds = async (visits: number | undefined) => (await call('member_invite_ids', { visits, offset: 0 })).ids;
export const firstTold = async (offset: number, limit: number) => (await call('benefit_new_first', { offset, limit })).rows;
export const firstToldIds = async () => (await call('benefit_new_first_ids', { offset: 0 })).ids;

export const useEnrol = () => useAct('member_enrol');
export const useRule = () => useAct('member_rule_change');
export const useTag = () => useAct('customer_bulk_tag');
export const useUntag = () => useAct('customer_bulk_tag_undo');
export const useExport = () => useAct('customer_table_export');
export { useJob };

export const pickTableFile = () => transport().pick('table_file');
