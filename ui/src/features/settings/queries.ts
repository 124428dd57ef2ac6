// What the settings ask and do.
import { asMinor, transport, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';
import { useQueryClient } from '@tanstack/react-query';

export { asMinor };
export type Settings = Output<'settings_get'>;
export type Backup = Output<'backup_create'>;

export const useSettings = () => useAsk('settings_get', {}, { tables: ['book', 'settings', 'sales'] });
export const useChangeSettings = () => useAct('settings_change');
export type Person = Output<'staff_list'>['people'][number];
export const useStaff = () => useAsk('staff_list', {}, { tables: ['staff', 'dedicated_contacts', 'complaints'] });
export const useAddPerson = () => useAct('staff_add');
export const useRenamePerson = () => useAct('staff_rename');
export const useRetirePerson = () => useAct('staff_retire');
export const useSetAway = () => useAct('staff_away');
export type CalendarView = Output<'calendar_get'>;
export const useCalendar = () => useAsk('calendar_get', {}, { tables: ['calendar_versions', 'book'] });
export const useChangeCalendar = () => useAct('calendar_change');
export type PolicyView = Output<'policy_get'>;
export type Policy = PolicyView['usual'];
export type BareScript = Output<'complaint_scripts'>['scripts'][number];
export const usePolicy = () => useAsk('policy_get', {}, { tables: ['policy_versions', 'settings', 'ladder_versions', 'schemes'] });
export const useChangePolicy = () => useAct('policy_change');
export const usePolicyPreview = (question: Input<'policy_preview'>, enabled: boolean) => useAsk('policy_preview', question, { tables: ['policy_versions', 'calendar_versions', 'complaints'], enabled, keep: true });
export const useBareScripts = () => useAsk('complaint_scripts', { complaint_id: null }, { tables: ['complaint_scripts'] });
export const useChangeScript = () => useAct('complaint_change_script');
export const useBookInfo = () => useAsk('book_info', {}, { tables: ['*'] });
export const useBackups = () => useAsk('backup_status', {}, { tables: ['*'] });
export const useCreateBackup = () => useAct('backup_create');
export const useVerifyBackup = () => useAct('backup_verify');
export const useOpenBook = () => useAct('book_open');
export const useRestoreBackup = () => useAct('backup_restore');

export const pickBackupFolder = () => transport().pick('backup_folder');
export const pickBackupFile = () => transport().pick('backup_file');
export const pickBook = () => transport().pick('book_file');
export const pickBookFolder = () => transport().pick('book_folder');

export function useStartOver(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries();
}

export type CounterRules = Output<'counter_rules'>;
export const useCounterRules = () => useAsk('counter_rules', {}, { tables: ['settings'] });
export const useChangeCounterRules = () => useAct('counter_rules_change');

export type OwnField = Output<'custom_field_list'>['fields'][number];
export const useOwnFields = () => useAsk('custom_field_list', {}, { tables: ['custom_fields', 'custom_values'] });
export const useSaveField = () => useAct('custom_field_save');
export const useOrderFields = () => useAct('custom_field_order');
export const useAddPreset = () => useAct('custom_field_preset');
