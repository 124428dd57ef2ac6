// What the first start asks and does.
import { useQueryClient } from '@tanstack/react-query';
import { call, transport, useAct, useJob, type Job, type Output } from '@/backend/index.ts';

export type Status = Output<'book_status'>;
export type Trade = NonNullable<Output<'book_info'>['trade']>;
export type { Job };

export const trades: readonly Trade[] = ['bakery', 'beauty', 'yoga', 'print', 'design', 'trade'];

export const useCreateBook = () => useAct('book_create');
export const useOpenBook = () => useAct('book_open');
export const useRestoreBackup = () => useAct('backup_restore');
export const useCreateDemo = () => useAct('demo_create');
export { useJob };

export const pickFolder = () => transport().pick('book_folder');
/** Whether a book had better not lie in a folder that was chosen. */
export const lookAtFolder = (folder: string) => call('book_folder', { folder });
export const pickBook = () => transport().pick('book_file');
export const pickBackup = () => transport().pick('backup_file');

/** Another book is open now, so every answer is old. */
export function useStartOver(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries();
}
