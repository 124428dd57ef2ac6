// What the ladder's screen asks and does.
import { asMinor, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Ladder = Output<'ladder_get'>;
export type Step = Ladder['steps'][number];
export type Benefit = Step['benefits'][number];
export type Preview = Output<'ladder_preview'>;
export type Change = Input<'ladder_change'>;
export type StepChange = Change['steps'][number];
export type Page = Output<'ladder_standing'>;
export type Review = Output<'ladder_review_preview'>;
export type CustomerId = Page['customer_id'];

const tables: Table[] = ['ladder_versions', 'tier_changes', 'customer_figures', 'customers', 'tier_by_hand'];

export const useLadder = () => useAsk('ladder_get', {}, { tables, keep: true });

/** Who would move. Undefined while the form cannot be read. */
export const usePreview = (change: Change | undefined) => useAsk('ladder_preview', change ?? { steps: [] }, { tables: ['ladder_versions', 'customer_figures'], enabled: change !== undefined, keep: true });

export const useReview = () => useAsk('ladder_review_preview', {}, { tables: [...tables, 'sales', 'refunds'], keep: true });
export const useStanding = (id: number) => useAsk('ladder_standing', { id: id as CustomerId }, { tables: [...tables, 'sales', 'refunds', 'benefit_entries'], keep: true });

export const useChangeLadder = () => useAct('ladder_change');
export const useByHand = () => useAct('ladder_by_hand');
