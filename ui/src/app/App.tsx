// What the window shows: the frame over an open book, the first start without one, or why a book cannot be opened.
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, transport } from '@/backend/index.ts';
import { useAppearance } from '@/shared/appearance.ts';
import { later } from '@/shared/hooks/later.tsx';
import { go } from '@/shared/router.tsx';
import { Frame } from './Frame.tsx';
import { useNewDay } from './new-day.ts';
import { useBookStatus, useFrame, type BookStatus } from './queries.ts';

const Start = later<{ status: BookStatus }>(() => import('@/features/start/index.tsx'));

export function App({ client }: { client: QueryClient }) {
  // A click on a notice of the system leads to what it was about.
  useEffect(() => transport().onPlace(go), []);
  return (
    <QueryClientProvider client={client}>
      <Window />
    </QueryClientProvider>
  );
}

function Window() {
  const status = useBookStatus();
  useBackendLanguage(status.data?.language);
  const hasNoBook = status.data !== undefined && status.data.state !== 'open';
  const frame = useFrame(!hasNoBook);
  const { refetch } = frame;
  useNewDay(frame.data, refetch);
  if (status.data && hasNoBook) {
    return <Start status={status.data} />;
  }
  return <Frame frame={frame.data} />;
}

/** The sentences that the backend words follow the window's language. */
function useBackendLanguage(spoken: string | undefined): void {
  const client = useQueryClient();
  const { language } = useAppearance();
  useEffect(() => {
    if (spoken === undefined || spoken === language) return;
    void call('language_choose', { language }).then(() => client.invalidateQueries());
  }, [client, language, spoken]);
}
