// The key of a form: the same form sent twice is one act, however often the button was pressed. The moment leads, so that the
// book's index of keys grows at its end.
export function newClientKey(): string {
  return `${Date.now().toString(16).padStart(12, '0')}-${crypto.randomUUID()}`;
}
