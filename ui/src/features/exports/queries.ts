// What an export asks and does.
import { transport, useAct, useJob, type Input } from '@/backend/index.ts';
import type { ExportedFile } from '@/backend/bindings/ExportedFile.ts';

export { useJob };
export type Run = Input<'export_run'>;
export type Kind = Run['kind'];
export type Format = NonNullable<Run['format']>;
export type Encoding = NonNullable<Run['encoding']>;
export type File = ExportedFile;

export const lists = ['customers', 'products', 'sales', 'refunds', 'complaints', 'points', 'measures', 'vcard', 'everything'] as const satisfies readonly Kind[];
/** What can be read and counted, and goes into another book only with everything. */
export const records = [
  'points_ledger',
  'coupons',
  'packs',
  'pack_uses',
  'benefits',
  'cashback',
  'offers',
  'terms',
  'agreed_prices',
  'price_quotes',
  'usual_orders',
  'gifts',
  'tier_changes',
  'class_changes',
  'judgements',
  'seldom_reasons',
  'customer_plans',
  'interactions',
  'own_fields',
  'contact_persons',
  'ties',
  'anniversaries',
  'wishes',
  'consents',
  'attachments',
  'case_entries',
  'compensations',
  'remedies',
  'improvements',
  'assessments',
  'priority_locks',
] as const satisfies readonly Kind[];
export const kinds: readonly Kind[] = [...lists, ...records];
/** Lists that a partner may be given, with what tells who somebody is covered. */
export const isForPartners = (kind: Kind) => ['customers', 'sales', 'refunds', 'complaints', 'points', 'measures'].includes(kind);

export const pickFolder = () => transport().pick('export_folder');
export const useExport = () => useAct('export_run');
export const useCancelJob = () => useAct('job_cancel');
