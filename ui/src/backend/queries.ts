// Questions and acts of the screens, over `call`. A question names the tables its answer was read from; an
// act's own change comes back as an event, so it refetches nothing by itself.
import { useMutation, useQuery, type QueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { CommandName } from './bindings/commands.ts';
import { call, type Input, type Output } from './call.ts';
import type { ApiError } from './error.ts';
import type { Table } from './tables.ts';

interface AskOptions {
  /** The tables that the answer was read from; `*` for all. */
  tables: readonly Table[];
  enabled?: boolean;
  /** Keep showing the previous answer while the next one is on its way. */
  keep?: boolean;
}

export function useAsk<K extends CommandName>(name: K, input: Input<K>, options: AskOptions): UseQueryResult<Output<K>, ApiError> {
  return useQuery<Output<K>, ApiError>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    meta: { tables: options.tables },
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: (before: unknown) => before as never } : {}),
  });
}

/** Asks a question that a screen is about to ask; undefined where it is refused, which the screen will tell. */
export function askAhead<K extends CommandName>(client: QueryClient, name: K, input: Input<K>, { tables }: Pick<AskOptions, 'tables'>): Promise<Output<K> | undefined> {
  return client.fetchQuery<Output<K>>({ queryKey: [name, input], queryFn: () => call(name, input), meta: { tables } }).catch(() => undefined);
}

export function useAct<K extends CommandName>(name: K): UseMutationResult<Output<K>, ApiError, Input<K>> {
  return useMutation<Output<K>, ApiError, Input<K>>({ mutationFn: (input) => call(name, input) });
}
