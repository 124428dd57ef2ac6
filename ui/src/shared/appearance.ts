// How the window looks on this computer: light or dark, size of the letters, contrast, language, hidden
// amounts. It belongs to the computer and not to the book, and must be known before the first paint, so it
// is kept in the page's own storage (public/appearance.js reads the same keys).
import { useSyncExternalStore } from 'react';
import { switchLanguage, systemLanguage, type Language } from '@/i18n/index.ts';
import { scales, type Scale } from '@/shared/tokens/tokens.ts';

export type Theme = 'system' | 'light' | 'dark';

export interface Appearance {
  theme: Theme;
  scale: Scale;
  contrast: 'normal' | 'high';
  language: Language;
  /** Amounts are masked from the customer across the counter. */
  hideAmounts: boolean;
}

const KEY = 'shukebu.appearance';
const listeners = new Set<() => void>();
let current: Appearance = read();

function read(): Appearance {
  let kept: Partial<Appearance> = {};
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
  } catch {
    kept = {};
  }
  return {
    theme: kept.theme ?? 'system',
    scale: scales.find((s) => s === kept.scale) ?? 100,
    contrast: kept.contrast ?? 'normal',
    language: kept.language ?? systemLanguage(),
    hideAmounts: false,
  };
}

function paint(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = current.theme === 'system' ? (dark ? 'dark' : 'light') : current.theme;
  root.dataset.scale = String(current.scale);
  root.dataset.contrast = current.contrast;
}

export const appearance = (): Appearance => current;

export function changeAppearance(change: Partial<Appearance>): void {
  const before = current;
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify({ ...current, hideAmounts: undefined }));
  paint();
  if (current.language !== before.language) void switchLanguage(current.language);
  for (const heard of listeners) heard();
}

function subscribe(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, appearance);

/** Follows the system while the theme is left to it. */
export function followSystemTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  paint();
}
