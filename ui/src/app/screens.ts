// The screens of the rail. Only what exists stands here; each is loaded when it is first opened.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { IconName } from '@/shared/icons/Icon.tsx';

export type ScreenId = 'counter' | 'customers' | 'segmentation' | 'ladder' | 'complaints' | 'settings' | 'import';

export interface Screen {
  id: ScreenId;
  path: string;
  icon: IconName;
  /** The key that opens it. */
  key?: string;
  /** Reached from other screens and the palette only. */
  offRail?: true;
  View: LazyExoticComponent<ComponentType>;
}

export const screens: readonly Screen[] = [
  { id: 'counter', path: '/counter', icon: 'counter', key: 'Alt+1', View: lazy(() => import('@/features/counter/index.tsx')) },
  { id: 'customers', path: '/customers', icon: 'customers', key: 'Alt+2', View: lazy(() => import('@/features/customers/index.tsx')) },
  { id: 'segmentation', path: '/segmentation', icon: 'segmentation', key: 'Alt+3', View: lazy(() => import('@/features/segmentation/index.tsx')) },
  { id: 'ladder', path: '/ladder', icon: 'ladder', key: 'Alt+4', View: lazy(() => import('@/features/ladder/index.tsx')) },
  { id: 'complaints', path: '/complaints', icon: 'complaints', key: 'Alt+5', View: lazy(() => import('@/features/complaints/index.tsx')) },
  { id: 'settings', path: '/settings', icon: 'settings', key: 'Alt+9', View: lazy(() => import('@/features/settings/index.tsx')) },
  { id: 'import', path: '/import', icon: 'import', offRail: true, View: lazy(() => import('@/features/imports/index.tsx')) },
];

/** The screen of the rail that a path belongs to. */
export function screenOf(path: string): Screen | undefined {
  return screens.find((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
}
