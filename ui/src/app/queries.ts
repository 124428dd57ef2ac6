// What the frame asks the backend.
import { useEffect } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { askAhead, useAct, useAsk, type Output, type Table } from '@/backend/index.ts';
import { askTill, askToday } from '@/features/counter/queries.ts';
import { setNow } from '@/shared/clock.ts';

export type FrameAnswer = Output<'frame_get'>;
export type CustomerHit = Output<'customer_search'>['rows'][number];

export const useRevealsSeen = () => useAct('customer_reveals_seen');
export type BookStatus = Output<'book_status'>;
const bookStatus = ['book_status', {}, { tables: ['book'] }] as const;
export const useBookStatus = () => useAsk(...bookStatus);

/** What the frame shows. Any write may change it, so it listens to all tables. */
const frame = ['frame_get', {}, { tables: ['*'] }] as const;

/** Asks what the window begins with, while its words and screens are still on their way. */
export async function askFirst(client: QueryClient): Promise<void> {
  void askAhead(client, ...bookStatus);
  askTill(client);
  const told = await askAhead(client, ...frame);
  if (told) askToday(client, told.today);
}

export function useFrame(isOpen: boolean) {
  const [name, input, { tables }] = frame;
  const query = useAsk(name, input, { tables, enabled: isOpen, keep: true });
  const { data, refetch } = query;
  const due = data?.urgent?.clock.due_at;
  useEffect(() => {
    if (data) setNow(data.now);
  }, [data]);
  useEffect(() => {
    if (!due || !data) return;
    // The backend judges at the due moment; the page only asks again right after it.
    const wait = new Date(due).getTime() - new Date(data.now).getTime() + 1500;
    if (wait < 0 || wait > 86_400_000) return;
    const timer = setTimeout(() => void refetch(), wait);
    return () => clearTimeout(timer);
  }, [due, data, refetch]);
  return query;
}

const searchTables: Table[] = ['customers', 'contacts', 'customer_figures', 'complaints', 'segment_assignments', 'tier_changes', 'ladder_versions'];

export function useSearch(text: string, limit: number) {
  const asked = text.trim();
  return useAsk('customer_search', { text: asked, limit }, { tables: searchTables, enabled: asked !== '', keep: true });
}
