// What the customers' screens ask and do.
import { useQueries, type QueryClient } from '@tanstack/react-query';
import { useKept } from '@/shared/hooks/kept.ts';
import { countSelected, type Selection } from '@/shared/parts/grid/selection.ts';
import { call, transport, useAct, useAsk, useJob, type Input, type Output, type Table } from '@/backend/index.ts';
import type { ExportedFile } from '@/backend/bindings/ExportedFile.ts';

export type Row = Output<'customer_profile'>['row'];
export type Profile = Output<'customer_profile'>;
export type Customer = Output<'customer_create'>;
export type NewCustomer = Input<'customer_create'>;
export type CustomerChange = Input<'customer_change'>;
export type Birthday = NonNullable<Customer['birthday']>;
export type ContactKind = Customer['contacts'][number]['kind'];
export type CustomerId = Row['id'];
export type RequiredField = Output<'settings_get'>['required_fields'][number];
export type Filter = Omit<Input<'customer_list'>, 'offset' | 'limit'>;

export type TableRow = Output<'customer_table'>['rows'][number];
export type Column = Input<'customer_table'>['columns'][number];
export type Cell = TableRow['cells'][number];

export const PAGE = 50;
const listTables: Table[] = ['customers', 'contacts', 'customer_tags', 'customer_figures', 'complaints', 'segment_assignments', 'tier_changes', 'ladder_versions'];
const tableTables: Table[] = [...listTables, 'custom_fields', 'custom_values', 'points_events', 'points_lots', 'consents', 'contact_persons', 'dynamic_lists', 'tags', 'settings', 'wishes', 'interactions', 'price_quotes'];
const profileTables: Table[] = [...listTables, 'notes', 'sales', 'sale_lines', 'refunds', 'complaint_events', 'calendar_versions', 'customer_details', 'contact_persons', 'anniversaries', 'interactions', 'custom_fields', 'custom_values', 'wishes', 'consents', 'attachments', 'settings'];

/** The pages of the table that are on the screen, and how many rows there are in all. A page stays below 10 kB. */
export function useTablePages(filter: Filter, columns: readonly Column[], first: number, last: number) {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  const pages = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input: Input<'customer_table'> = { filter: { ...filter, offset: page * PAGE, limit: PAGE }, columns: [...columns] };
      return { queryKey: ['customer_table', input], queryFn: () => call('customer_table', input), meta: { tables: tableTables }, placeholderData: (before: Output<'customer_table'> | undefined) => (page === 0 && before?.rows[0]?.cells.length === columns.length ? before : undefined) };
    }),
  });
  const rowAt = (index: number): TableRow | undefined => answers[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE];
  const total = useKept(JSON.stringify(filter), answers.find((answer) => answer.data)?.data?.total);
  const error = answers.find((answer) => answer.error)?.error;
  return { rowAt, total, error };
}

export interface LabelRow {
  id: number;
  name: string;
  salutation: string;
  phone: string;
  address: string;
}

const labelColumns: Column[] = ['name', 'salutation', 'phone', 'address'];

/** What stands on the labels of some rows. */
export async function loadLabels(filter: Filter, offset: number, limit: number): Promise<readonly LabelRow[]> {
  const answer = await call('customer_table', { filter: { ...filter, offset, limit }, columns: labelColumns });
  return answer.rows.map((row) => {
    const [name = '', salutation = '', phone = '', address = ''] = row.cells.map((cell) => (typeof cell === 'string' ? cell : ''));
    return { id: row.id, name, salutation, phone, address };
  });
}

/** Ids of some rows, however many. */
export async function idsBetween(filter: Filter, first: number, last: number): Promise<number[]> {
  const ids: number[] = [];
  while (first + ids.length <= last) {
    const left = last + 1 - first - ids.length;
    const answer = await call('customer_table_ids', { ...filter, offset: first + ids.length, limit: Math.min(left, 5000) });
    if (answer.ids.length === 0) break;
    ids.push(...answer.ids);
  }
  return ids;
}

export const useProfile = (id: number) => useAsk('customer_profile', { id: id as CustomerId }, { tables: profileTables });
const none: readonly RequiredField[] = [];
/** What the shop wants to know of every new customer. */
export const useRequiredFields = (): readonly RequiredField[] => useAsk('settings_get', {}, { tables: ['settings'] }).data?.required_fields ?? none;

/** Digits from which on a number is typed whole, a fixed line without its area code, too. */
const WHOLE_PHONE = 8;

/** Who has a number already. */
export function usePhoneOwners(typed: string) {
  const isWhole = typed.replaceAll(/\D/g, '').length >= WHOLE_PHONE;
  return useAsk('customer_search', { text: typed, limit: 3 }, { tables: ['customers', 'contacts'], enabled: isWhole }).data?.rows ?? [];
}

export const useSegments = () => useAsk('segment_get', {}, { tables: ['segment_runs', 'segment_assignments', 'schemes'] });
export const useLadder = () => useAsk('ladder_get', {}, { tables: ['ladder_versions', 'tier_changes', 'customer_figures'] });
export const useCreateCustomer = () => useAct('customer_create');
export const useChangeCustomer = () => useAct('customer_change');
export const useAddNote = () => useAct('customer_note');

export const useQrCode = (text: string) => useAsk('qr_code', { text }, { tables: [] });
/** What a customer bought since a day, for the statement. */
export const useSalesSince = (id: CustomerId, from: string) => useAsk('sale_list', { customer_id: id, from_on: from as SaleDay, offset: 0, limit: 200 }, { tables: ['sales', 'refunds'] });
type SaleDay = Input<'sale_list'>['from_on'];
export type Details = Profile['details'];
export type Reach = Details['reach'];
export type Person = Details['persons'][number];
export type Anniversary = Details['anniversaries'][number];
export type OwnField = Output<'custom_field_list'>['fields'][number];
export type FieldValue = Input<'customer_fields'>['values'][number];
export type Consent = Details['consents'][number];
export type Purpose = Input<'consent_change'>['purpose'];
export type InteractionKind = Input<'interaction_add'>['kind'];
export type TimelineLine = Profile['timeline'][number];
export type Hit = Output<'customer_search'>['rows'][number];

export const useOwnFields = () => useAsk('custom_field_list', {}, { tables: ['custom_fields', 'custom_values'] });
export const useTrees = (id: number) => useAsk('customer_trees', { id: id as CustomerId }, { tables: ['customers', 'customer_details', 'customer_figures'] });
export const useErasePreview = (id: number) => useAsk('customer_erase_preview', { id: id as CustomerId }, { tables: ['*'] });
export const useConsentNotice = () => useAsk('consent_notice', {}, { tables: ['book'] });
export const useProducts = (text: string) => useAsk('product_search', { text }, { tables: ['products'], enabled: text.trim() !== '', keep: true });
export const useSetReach = () => useAct('customer_reach');
export const useSetPersons = () => useAct('customer_persons');
export const useSetTies = () => useAct('customer_ties');
export const useSetAnniversaries = () => useAct('customer_anniversaries');
export const useSetFields = () => useAct('customer_fields');
export const useReveal = () => useAct('customer_reveal');
export const useInteract = () => useAct('interaction_add');
export const useConsent = () => useAct('consent_change');
export const useAddWish = () => useAct('wish_add');
export const useCloseWish = () => useAct('wish_close');
export const useAddFile = () => useAct('attachment_add');
export const useCopyFile = () => useAct('attachment_copy');
export const useRemoveFile = () => useAct('attachment_remove');
export const useCopyPerson = () => useAct('customer_copy');
export const useErase = () => useAct('customer_erase');
export const olderEntries = (id: CustomerId, offset: number) => call('customer_timeline', { id, offset });
export type Dedicated = Output<'customer_dedicated'>;
export const useDedicated = (id: Profile['row']['id']) => useAsk('customer_dedicated', { id }, { tables: ['dedicated_contacts', 'staff'] });
export const useDedicate = () => useAct('customer_dedicate');
export const pickFile = () => transport().pick('keep_file');
export const pickFolder = () => transport().pick('export_folder');

// Two records of one person.
const mergeTables: Table[] = [...profileTables, 'merges', 'customers_not_same'];
export type MergePreview = Output<'customer_merge_preview'>;
export type MergeField = MergePreview['fields'][number]['field'];
export type MergeSide = MergePreview['survivor'];
export type Merge = Output<'customer_merges'>['rows'][number];
export type Pair = Output<'customer_duplicates'>['rows'][number];
export const useMergePreview = (survivor: number, absorbed: number) => useAsk('customer_merge_preview', { survivor_id: survivor as CustomerId, absorbed_id: absorbed as CustomerId }, { tables: mergeTables, keep: true });
export const useMerges = (customer?: number) => useAsk('customer_merges', { customer_id: (customer ?? null) as CustomerId | null }, { tables: ['merges', 'customers'] });
export const useMerge = () => useAct('customer_merge');
export const useMergeUndo = () => useAct('customer_merge_undo');
export const useDuplicates = (limit: number) => useAsk('customer_duplicates', { offset: 0, limit }, { tables: ['customers', 'contacts', 'customers_not_same', 'merges'], keep: true });
export const useNotSame = () => useAct('customer_not_same');
export const useNotSameUndo = () => useAct('customer_not_same_undo');
export const useFind = (text: string) => useAsk('customer_search', { text, limit: 8 }, { tables: listTables, enabled: text.trim() !== '', keep: true });
// The table: saved views, what a person left, conditions, cells, tags for many at once.
export type Views = Output<'customer_views'>;
export type Layout = Input<'customer_view_save'>['definition'];
const viewTables: Table[] = ['customer_views', 'tags'];
export const useViews = () => useAsk('customer_views', {}, { tables: viewTables });
export const useSaveView = () => useAct('customer_view_save');
export const useDeleteView = () => useAct('customer_view_delete');
export const keepLayout = (view: number | null, layout: Layout | undefined) => call('customer_layout_keep', { view, layout: layout ?? null });
/** What the page knows of a layout before the book has it; the book announces none. */
export function withLayout(client: QueryClient, view: number | null, layout: Layout | undefined): void {
  client.setQueryData<Views>(['customer_views', {}], (before) => {
    if (!before) return before;
    const others = before.layouts.filter((it) => it.view !== view);
    return { ...before, layouts: layout ? [...others, { view, layout }] : others };
  });
}
export const useSetCell = () => useAct('customer_cell');
export { useJob };
export type File = ExportedFile;
export type Meant = Pick<Input<'customer_bulk_tag'>, 'ids' | 'filter' | 'except'>;
/** Those who are chosen; with nobody chosen, all whom the filter shows. */
export function meantBy(selection: Selection, filter: Filter, total: number): Meant {
  if (countSelected(selection, total) === 0) return { filter: { ...filter, offset: 0 }, except: [] };
  if (selection.all) return { filter: { ...filter, offset: 0 }, except: [...selection.except] as CustomerId[] };
  return { ids: [...selection.ids] as CustomerId[], except: [] };
}
export const useBulkTagCount = (input: Input<'customer_bulk_tag_preview'>, enabled: boolean) => useAsk('customer_bulk_tag_preview', input, { tables: listTables, enabled, keep: true });
export const useBulkTag = () => useAct('customer_bulk_tag');
export const useBulkTagUndo = () => useAct('customer_bulk_tag_undo');
export const paste = (text: string) => call('import_paste', { text });
export const useExportTable = () => useAct('customer_table_export');
export const useTagList = () => useAsk('tag_list', {}, { tables: ['tags', 'tag_groups', 'customer_tags'] });
export const pickTableFile = () => transport().pick('table_file');
export const useSchemes = () => useAsk('scheme_list', {}, { tables: ['schemes', 'scheme_versions'] });
export const useScheme = (key: string | undefined) => useAsk('scheme_get', { key: key ?? '' }, { tables: ['schemes', 'scheme_versions'], enabled: key !== undefined });
/** The products of the shop, for a condition about who is likely to want one. */
export const useProductNames = (enabled: boolean) => useAsk('product_search', { text: '', limit: 200 }, { tables: ['products'], enabled });
export const useDynamicLists = (enabled: boolean) => useAsk('segment_lists', {}, { tables: ['dynamic_lists', 'customer_figures'], enabled });
