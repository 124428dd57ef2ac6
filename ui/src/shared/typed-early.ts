// What was typed into the search box before the program ran (public/first.js put it there).

/** The box that stands there until the program runs. */
const box = (): HTMLInputElement | null => document.querySelector('[data-search-box]');

let typed = '';

/** Remembers what was typed, once an input method has finished its word. */
export async function rememberTyped(): Promise<void> {
  const early = box();
  if (!early) return;
  if (early.dataset.composing) await new Promise((done) => early.addEventListener('compositionend', done, { once: true }));
  typed = early.value;
}

/** Hands over what was typed, once. */
export function takeTyped(): string {
  const text = typed;
  typed = '';
  return text;
}
