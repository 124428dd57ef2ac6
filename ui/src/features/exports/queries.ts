// What an export asks and does.
import { transport, useAct, useJob, type Input } from '@/backend/index.ts';
import type { ExportedFile } from '@/backend/bindings/ExportedFile.ts';

export { useJob };
export type Run = Input<'export_run'>;
export type Kind = Run['kind'];
export type Format = NonNullable<Run['format']>;
export type Encoding = NonNullable<Run['encoding']>;
export type File = ExportedFile;

export const kinds: readonly Kind[] = ['customers', 'products', 'sales', 'refunds', 'complaints', 'points', 'measures', 'vcard', 'everything'];

export const pickFolder = () => transport().pick('export_folder');
export const useExport = () => useAct('export_run');
export const useCancelJob = () => useAct('job_cancel');
