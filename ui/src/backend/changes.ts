// Which answers grow old with which write. Every query names the tables it was read from; a change names
// the tables it touched; where they meet, the query is asked again. Nothing is refreshed by guess or timer, but for a new day.
import { QueryClient, type Query } from '@tanstack/react-query';
import type { Table } from './tables.ts';
import { transport, type BookChange } from './transport.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { tables?: readonly Table[] };
  }
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Whether an answer read from these tables is touched by the change. `*` on either side means all of them. */
export function isTouched(query: Pick<Query, 'meta'>, change: BookChange): boolean {
  const read = query.meta?.tables ?? [];
  // Another book is another world.
  if (change.op.startsWith('book.')) return true;
  return read.some((table) => table === '*' || change.tables.includes(table));
}

export function refetchTouched(client: QueryClient, change: BookChange): void {
  void client.invalidateQueries({ predicate: (query) => isTouched(query, change) });
}

/** Follows the book's changes until the returned function is called. */
export function followChanges(client: QueryClient): () => void {
  return transport().onChange((change) => refetchTouched(client, change));
}
