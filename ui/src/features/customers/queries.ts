// What the customers' screens ask and do.
import { useQueries } from '@tanstack/react-query';
import { call, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export type Row = Output<'customer_list'>['rows'][number];
export type Profile = Output<'customer_profile'>;
export type Customer = Output<'customer_create'>;
export type NewCustomer = Input<'customer_create'>;
export type CustomerChange = Input<'customer_change'>;
export type Birthday = NonNullable<Customer['birthday']>;
export type ContactKind = Customer['contacts'][number]['kind'];
export type CustomerId = Row['id'];
export type Filter = Omit<Input<'customer_list'>, 'offset' | 'limit'>;
export type Sort = NonNullable<Filter['sort']>;

export const PAGE = 100;
const listTables: Table[] = ['customers', 'contacts', 'customer_tags', 'customer_figures', 'complaints', 'segment_assignments', 'tier_changes', 'ladder_versions'];
const profileTables: Table[] = [...listTables, 'notes', 'sales', 'sale_lines', 'refunds', 'complaint_events', 'calendar_versions', 'customer_details', 'contact_persons', 'anniversaries', 'interactions', 'custom_fields', 'custom_values', 'wishes', 'consents', 'attachments'];

/** The pages of the list that are on the screen, and how many rows there are in all. */
export function useCustomerPages(filter: Filter, first: number, last: number) {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  const pages = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input: Input<'customer_list'> = { ...filter, offset: page * PAGE, limit: PAGE };
      return { queryKey: ['customer_list', input], queryFn: () => call('customer_list', input), meta: { tables: listTables }, placeholderData: (before: Output<'customer_list'> | undefined) => (page === 0 ? before : undefined) };
    }),
  });
  const rowAt = (index: number): Row | undefined => answers[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE];
  const total = answers.find((answer) => answer.data)?.data?.total;
  const error = answers.find((answer) => answer.error)?.error;
  return { rowAt, total, error };
}

export const useProfile = (id: number) => useAsk('customer_profile', { id: id as CustomerId }, { tables: profileTables });
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

export const useCustomerSearch = (text: string) => useAsk('customer_search', { text, limit: 6 }, { tables: ['customers'], enabled: text.trim() !== '', keep: true });
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
// The table: saved views, conditions, tags for many at once.
export type ViewDefinition = Input<'customer_view_save'>['definition'];
const viewTables: Table[] = ['customer_views', 'tags'];
export const useViews = () => useAsk('customer_views', {}, { tables: viewTables });
export const useSaveView = () => useAct('customer_view_save');
export const useDeleteView = () => useAct('customer_view_delete');
export const useBulkTagCount = (input: Input<'customer_bulk_tag_preview'>, enabled: boolean) => useAsk('customer_bulk_tag_preview', input, { tables: listTables, enabled, keep: true });
export const useBulkTag = () => useAct('customer_bulk_tag');
export const useBulkTagUndo = () => useAct('customer_bulk_tag_undo');
