// What the segmentation's screen asks and does.
import { useAct, useAsk, type Output } from '@/backend/index.ts';

export type Segmentation = Output<'segment_get'>;
export type SegmentClass = Segmentation['classes'][number];
export type Run = Output<'segment_run'>;

export const useSegmentation = () => useAsk('segment_get', {}, { tables: ['schemes', 'segment_runs', 'segment_assignments'], keep: true });
export const useRunSegmentation = () => useAct('segment_run');
