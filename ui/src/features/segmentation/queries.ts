// What the segmentation's screens ask and do.
import { call, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export type Segmentation = Output<'scheme_get'>;
export type SchemeRow = Segmentation['row'];
export type SegmentClass = Segmentation['classes'][number];
export type Scheme = Segmentation['definition'];
export type Run = Output<'segment_run'>;
export type Moves = Run['moves'];
export type Charts = Output<'segment_charts'>;
export type Grid = NonNullable<Charts['grid']>;
export type Quadrants = NonNullable<Charts['quadrants']>;
export type Pivot = Output<'segment_pivot'>;
export type Effect = Output<'contact_effect'>;
export type Reasons = Output<'seldom_reasons'>;
export type Insights = Output<'segment_insights'>;
export type Preview = Output<'segment_preview'>;
export type Choices = Output<'scheme_list'>;
export type Who = Input<'segment_people'>['who'];
export type Person = Output<'segment_people'>['rows'][number];
export type Service = Output<'service_get'>;
export type ClassService = Service['classes'][number];
export type Policy = ClassService['policy'];
export type List = Output<'segment_lists'>['lists'][number];
export type PriorityRules = Output<'priority_rules'>;
export type Swot = Output<'swot_get'>['pages'][number];
export type ChartOf = Input<'segment_chart_export'>['chart'];
export type Condition = List['condition'];

const facts: Table[] = ['sales', 'refunds', 'customers', 'customer_tags', 'complaints', 'customer_judgements', 'seldom_reasons', 'customer_plans'];
const classes: Table[] = [...facts, 'schemes', 'segment_runs', 'segment_pins', 'service_policies'];

export const useSchemes = () => useAsk('scheme_list', {}, { tables: ['schemes', 'segment_runs', 'customer_tags', 'products'], keep: true });
export const useScheme = (key: string | undefined) => useAsk('scheme_get', { key: key ?? '' }, { tables: classes, enabled: key !== undefined, keep: true });
export const useCharts = (key: string) => useAsk('segment_charts', { key }, { tables: classes, keep: true });
export const useInsights = () => useAsk('segment_insights', {}, { tables: [...facts, 'settings'], keep: true });
export const usePivot = (rows: string, columns: string | undefined) => useAsk('segment_pivot', { rows, columns: columns ?? '' }, { tables: classes, enabled: columns !== undefined, keep: true });
export const useSeldomReasons = () => useAsk('seldom_reasons', {}, { tables: classes, keep: true });
export const usePreview = (definition: Scheme) => useAsk('segment_preview', { definition }, { tables: classes, keep: true });
export const useListPreview = (condition: Condition | undefined) => useAsk('segment_people', { who: { kind: 'condition', condition: condition ?? { kind: 'all', of: [] } }, offset: 0, limit: 5 }, { tables: facts, enabled: condition !== undefined, keep: true });
export const usePeople = (who: Who, offset: number, limit: number) => useAsk('segment_people', { who, offset, limit }, { tables: classes, keep: true });
export const useService = (key: string | undefined) => useAsk('service_get', { key: key ?? '' }, { tables: [...classes, 'calendar_versions', 'settings'], enabled: key !== undefined, keep: true });
export const useContactEffect = () => useAsk('contact_effect', {}, { tables: [...classes, 'interactions', 'segment_assignments'], keep: true });
export const useLists = () => useAsk('segment_lists', {}, { tables: ['dynamic_lists', ...facts], keep: true });
export const usePriorityRules = () => useAsk('priority_rules', {}, { tables: [...classes, 'priority_locks', 'settings'], keep: true });
export const useSwot = () => useAsk('swot_get', {}, { tables: ['swot_pages'], keep: true });

export const useImprovements = () => useAsk('improvement_list', { finished: false }, { tables: ['improvements', 'improvement_cases'], keep: true });

export const useRunSegmentation = () => useAct('segment_run');
export const useSaveScheme = () => useAct('scheme_save');
export const useDeleteScheme = () => useAct('scheme_delete');
export const useMakePrimary = () => useAct('scheme_make_primary');
export const useTagPeople = () => useAct('segment_tag');
export const useExportPeople = () => useAct('segment_export');
export const useExportChart = () => useAct('segment_chart_export');
export const useConfirm = () => useAct('segment_confirm');
export const useConfirmUndo = () => useAct('segment_confirm_undo');
export const useSaveService = () => useAct('service_save');
export const useSavePriorityRules = () => useAct('priority_rules_save');
export const useSavePromotionRule = () => useAct('promotion_rule_save');
export const useSavePromisingRule = () => useAct('promising_rule_save');
export const useSaveList = () => useAct('segment_list_save');
export const useDeleteList = () => useAct('segment_list_delete');
export const useSaveSwot = () => useAct('swot_save');
export const useSaveImprovement = () => useAct('improvement_save');

/** A page of people, for a sheet that shows all of them. */
export const readPeople = (who: Who, offset: number, limit: number) => call('segment_people', { who, offset, limit });

/** Asks where a list shall be written. */
export const pickTableFile = (): Promise<string | null> => transport().pick('table_file');
