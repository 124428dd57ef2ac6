// The window's languages. One chunk per language, loaded when it is chosen; a switch repaints at once.
import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type zhHans from './zh-Hans/index.ts';

export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Language = (typeof languages)[number];
export type Words = typeof zhHans;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Words;
    returnNull: false;
  }
}

type Dictionary = Record<keyof Words, object>;

const dictionaries: Record<Language, () => Promise<{ default: Dictionary }>> = {
  'zh-Hans': () => import('./zh-Hans/index.ts'),
  'zh-Hant': () => import('./zh-Hant/index.ts'),
  en: () => import('./en/index.ts'),
};

/** The language that the system speaks. Under LANG=C the web view says "C"; then the shop's likeliest one is taken. */
export function systemLanguage(tags: readonly string[] = navigator.languages): Language {
  for (const tag of tags) {
    if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant';
    if (/^zh/i.test(tag)) return 'zh-Hans';
    if (/^en/i.test(tag)) return 'en';
  }
  return 'zh-Hans';
}

/** One is the figure 1, whoever wrote it; everything else is many. */
export const oneOrMany = (value: unknown, _language: string | undefined, words: { one?: string; other?: string }): string => (String(value) === '1' ? words.one : words.other) ?? '';

async function dictionary(language: Language): Promise<Dictionary> {
  return (await dictionaries[language]()).default;
}

export async function startLanguage(language: Language): Promise<I18n> {
  const words = await dictionary(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: words },
    ns: Object.keys(words),
    defaultNS: 'common',
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  // English says one and many beside figures that are put together already: `{{n, plural(one: day; other: days)}}`.
  i18next.services.formatter?.add('plural', oneOrMany);
  document.documentElement.lang = language;
  return i18next;
}

export async function switchLanguage(language: Language): Promise<void> {
  const words = await dictionary(language);
  for (const [namespace, entries] of Object.entries(words)) i18next.addResourceBundle(language, namespace, entries, true, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return (languages as readonly string[]).includes(i18next.language) ? (i18next.language as Language) : 'zh-Hans';
}
