// What the window shows: the frame over an open book, the first start without one, or why a book cannot be opened.
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followChanges, newQueryClient } from '@/backend/index.ts';
import { Frame } from './Frame.tsx';
import { useBookStatus, useFrame } from './queries.ts';

export function App() {
  const [client] = useState(newQueryClient);
  useEffect(() => followChanges(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <Window />
    </QueryClientProvider>
  );
}

function Window() {
  const status = useBookStatus();
  const frame = useFrame(status.data?.state !== 'none' && status.data?.state !== 'problem');
  return <Frame frame={frame.data} />;
}
