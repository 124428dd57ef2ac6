// What the palette can do besides going somewhere.
import type { IconName } from '@/shared/icons/Icon.tsx';
import { go, startAt } from '@/shared/router.tsx';
import { scales } from '@/shared/tokens/tokens.ts';
import { appearance, changeAppearance } from '@/shared/appearance.ts';

export interface Action {
  id: 'sale' | 'sales' | 'new_customer' | 'new_complaint' | 'backup' | 'theme_light' | 'theme_dark' | 'hide_amounts' | 'show_amounts' | 'bigger' | 'smaller' | 'language_hans' | 'language_hant' | 'language_en';
  icon: IconName;
  run: () => void;
  hint?: string;
}

function stepScale(by: 1 | -1): void {
  const next = scales[scales.indexOf(appearance().scale) + by];
  if (next) changeAppearance({ scale: next });
}

export function actions(): Action[] {
  const now = appearance();
  const found: (Action | false)[] = [
    { id: 'sale', icon: 'counter', hint: 'F2', run: () => startAt('/counter') },
    { id: 'sales', icon: 'note', run: () => go('/counter/sales') },
    { id: 'new_customer', icon: 'person', run: () => go('/customers/new') },
    { id: 'new_complaint', icon: 'complaints', run: () => go('/complaints/new') },
    { id: 'backup', icon: 'export', run: () => startAt('/settings?section=book') },
    now.hideAmounts
      ? { id: 'show_amounts', icon: 'eye', hint: 'F9', run: () => changeAppearance({ hideAmounts: false }) }
      : { id: 'hide_amounts', icon: 'hidden', hint: 'F9', run: () => changeAppearance({ hideAmounts: true }) },
    { id: 'theme_light', icon: 'settings', run: () => changeAppearance({ theme: 'light' }) },
    { id: 'theme_dark', icon: 'settings', run: () => changeAppearance({ theme: 'dark' }) },
    now.scale < 200 && { id: 'bigger', icon: 'plus', run: () => stepScale(1) },
    now.scale > 100 && { id: 'smaller', icon: 'minus', run: () => stepScale(-1) },
    now.language !== 'zh-Hans' && { id: 'language_hans', icon: 'settings', run: () => changeAppearance({ language: 'zh-Hans' }) },
    now.language !== 'zh-Hant' && { id: 'language_hant', icon: 'settings', run: () => changeAppearance({ language: 'zh-Hant' }) },
    now.language !== 'en' && { id: 'language_en', icon: 'settings', run: () => changeAppearance({ language: 'en' }) },
  ];
  return found.filter((a) => a !== false);
}
