// What the screen of benefits asks.
import { useAsk, type Output } from '@/backend/index.ts';

export type Benefits = Output<'benefit_overview'>;
export type Tier = Benefits['tiers'][number];
export type Entry = Benefits['entries'][number];

export const useBenefits = () => useAsk('benefit_overview', {}, { tables: ['benefit_entries', 'ladder_versions', 'customers'], keep: true });
