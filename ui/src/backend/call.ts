// `call(name, input)`: the one way from a screen to the backend, typed by the generated command list.
import type { CommandName, Commands } from './bindings/commands.ts';
import { toApiError } from './error.ts';
import { transport } from './transport.ts';

type OptionalKeys<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];

/** An input as a screen writes it: what may be null may also be left out. */
export type Input<K extends CommandName> = Omit<Commands[K]['input'], OptionalKeys<Commands[K]['input']>> &
  Partial<Pick<Commands[K]['input'], OptionalKeys<Commands[K]['input']>>>;

export type Output<K extends CommandName> = Commands[K]['output'];

export async function call<K extends CommandName>(name: K, input: Input<K>): Promise<Output<K>> {
  try {
    return (await transport().call(name, input)) as Output<K>;
  } catch (thrown) {
    throw toApiError(thrown);
  }
}
