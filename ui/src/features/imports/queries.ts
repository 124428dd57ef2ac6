// What the import asks and does.
import { transport, useAct, useAsk, useJob, type Input, type Output } from '@/backend/index.ts';
import type { ImportReport } from '@/backend/bindings/ImportReport.ts';

export { useJob };
export type Preview = Output<'import_look'>;
export type Kind = Preview['kind'];
export type Run = Input<'import_run'>;
export type Look = Input<'import_look'>;
export type Report = ImportReport;
export type Import = Output<'import_list'>['rows'][number];
export type UndoPreview = Output<'import_undo_preview'>;
export type Policy = Run['policy'];

export const kinds: readonly Kind[] = ['customers', 'sales', 'sale_lines', 'refunds', 'products', 'complaints', 'vcard'];
export const encodings = ['UTF-8', 'GBK', 'GB18030', 'Big5', 'UTF-16LE'] as const;

export const pickFile = () => transport().pick('import_file');

/** A look into the file under the corrections made so far. Files do not change with the book. */
export const useLook = (look: Look | undefined) => useAsk('import_look', look ?? { file: '', map: {} }, { tables: ['import_layouts'], enabled: look !== undefined, keep: true });
/** Imports that were done. */
export const useImports = () => useAsk('import_list', {}, { tables: ['imports'] });
export const useUndoPreview = (id: Import['id']) => useAsk('import_undo_preview', { id }, { tables: ['*'] });
export const useUndo = () => useAct('import_undo');
export const useSaveProblems = () => useAct('import_problems');
export const pickFolder = () => transport().pick('export_folder');
export const useRunImport = () => useAct('import_run');
export const useCancelJob = () => useAct('job_cancel');
