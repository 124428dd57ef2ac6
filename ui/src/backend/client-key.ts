// The key of a form: the same form sent twice is one act, however often the button was pressed.
export function newClientKey(): string {
  return crypto.randomUUID();
}
