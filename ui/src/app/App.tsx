// What the window shows: the frame over an open book, the first start without one, or why a book cannot be opened.
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { call, followChanges, newQueryClient, transport } from '@/backend/index.ts';
import { useAppearance } from '@/shared/appearance.ts';
import { go } from '@/shared/router.tsx';
import { Frame } from './Frame.tsx';
import { useBookStatus, useFrame } from './queries.ts';

const Start = lazy(() => import('@/features/start/index.tsx'));

export function App() {
  const [client] = useState(newQueryClient);
  useEffect(() => followChanges(client), [client]);
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
  if (status.data && hasNoBook) {
    return (
      <Suspense fallback={null}>
        <Start status={status.data} />
      </Suspense>
    );
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
