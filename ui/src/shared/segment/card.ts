// What segmentation knows about one customer, asked once for all parts of a profile that show some of it.
import { useAsk, type Input, type Output } from '@/backend/index.ts';

export type Id = Input<'segment_card'>['id'];
export type SegmentCardView = Output<'segment_card'>;

export const useSegmentCard = (id: Id) =>
  useAsk('segment_card', { id }, { tables: ['customers', 'sales', 'refunds', 'complaints', 'schemes', 'segment_runs', 'segment_assignments', 'segment_pins', 'customer_judgements', 'seldom_reasons', 'customer_plans', 'staff', 'interactions', 'service_policies', 'priority_locks', 'settings'], keep: true });
