// `call(name, input)`: the one way from a screen to the backend, typed by the generated command list.
import { approvalAsker } from './approval.ts';
import type { CommandName, Commands } from './bindings/commands.ts';
import { ApiError, toApiError } from './error.ts';
import { transport } from './transport.ts';

type OptionalKeys<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];

/** An input as a screen writes it: what may be null may also be left out. */
export type Input<K extends CommandName> = Omit<Commands[K]['input'], OptionalKeys<Commands[K]['input']>> &
  Partial<Pick<Commands[K]['input'], OptionalKeys<Commands[K]['input']>>>;

export type Output<K extends CommandName> = Commands[K]['output'];

export async function call<K extends CommandName>(name: K, input: Input<K>): Promise<Output<K>> {
  const send = async (sent: object): Promise<unknown> => {
    try {
      return await transport().call(name, sent);
    } catch (thrown) {
      throw toApiError(thrown);
    }
  };
  try {
    return (await send(input)) as Output<K>;
  } catch (refusal) {
    const asker = approvalAsker();
    if (!asker || !(refusal instanceof ApiError) || refusal.ask === undefined) throw refusal;
    return (await asker(refusal, (approval) => send({ ...input, approval }))) as Output<K>;
  }
}
