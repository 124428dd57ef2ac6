// What the ladder's screen asks and does.
import { asMinor, useAct, useAsk, type Input, type Output } from '@/backend/index.ts';

export { asMinor };
export type Ladder = Output<'ladder_get'>;
export type Step = Ladder['steps'][number];
export type Preview = Output<'ladder_preview'>;
export type StepChange = Input<'ladder_change'>['steps'][number];

export const useLadder = () => useAsk('ladder_get', {}, { tables: ['ladder_versions', 'tier_changes', 'customer_figures', 'customers'], keep: true });

/** Who would move. Undefined while the form cannot be read. */
export const usePreview = (steps: StepChange[] | undefined) => useAsk('ladder_preview', { steps: steps ?? [] }, { tables: ['ladder_versions', 'customer_figures'], enabled: steps !== undefined, keep: true });

export const useChangeLadder = () => useAct('ladder_change');
