// The one sale of this till, kept outside of the screens so that walking away and back changes nothing, and written
// into the book shortly after every change so that neither a reload nor a crash does.
import { useEffect, useSyncExternalStore } from 'react';
import { newClientKey } from '@/backend/index.ts';
import { emptyForm, isEmpty, payments, type TillForm } from './form.ts';
import { onOtherBook, saveDraft, TILL, useKeptDraft } from './queries.ts';

const WAIT_MS = 250;

let form: TillForm = emptyForm(newClientKey());
let loaded: object | undefined;
let isKept = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tell(): void {
  for (const heard of listeners) heard();
}

function keepSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const isNothing = isEmpty(form);
    // Nothing kept and nothing to keep: the book is left alone.
    if (isNothing && !isKept) return;
    isKept = !isNothing;
    void saveDraft(TILL, isNothing ? null : JSON.stringify(form)).catch(() => undefined);
  }, WAIT_MS);
}

export function changeForm(change: (before: TillForm) => TillForm): void {
  form = change(form);
  keepSoon();
  tell();
}

/** Begins the next sale; the book has ended the draft with the sale that was stored. */
export function nextSale(): void {
  clearTimeout(timer);
  isKept = false;
  form = { ...emptyForm(newClientKey()), payment: form.payment };
  tell();
}

/** Throws away what was typed. */
export function clearSale(): void {
  changeForm((before) => ({ ...emptyForm(newClientKey()), payment: before.payment }));
}

function read(content: string | null): TillForm | undefined {
  if (content === null) return undefined;
  try {
    const kept = { ...emptyForm(newClientKey()), ...(JSON.parse(content) as Partial<TillForm>) };
    return payments.includes(kept.payment) && Array.isArray(kept.lines) ? kept : undefined;
  } catch {
    return undefined;
  }
}

let isListening = false;

/** Another book has other products: what was typed for this one stays in its own draft. */
function followBooks(): void {
  if (isListening) return;
  isListening = true;
  onOtherBook(() => {
    clearTimeout(timer);
    loaded = undefined;
    form = emptyForm(newClientKey());
    tell();
  });
}

export const currentForm = (): TillForm => form;

function subscribe(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** The form, and whether what the book kept of it has been looked at. */
export function useForm(): { form: TillForm; isReady: boolean } {
  const kept = useKeptDraft(TILL);
  const { data } = kept;
  useEffect(followBooks, []);
  useEffect(() => {
    if (!data || data === loaded) return;
    loaded = data;
    const found = read(data.content);
    isKept = found !== undefined;
    form = found ?? emptyForm(newClientKey());
    tell();
  }, [data]);
  return { form: useSyncExternalStore(subscribe, currentForm), isReady: kept.error !== null || (data !== undefined && data === loaded) };
}
