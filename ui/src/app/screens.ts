// The screens of the rail. Only what exists stands here; each is loaded when it is first opened.
import { later, type Later } from '@/shared/hooks/later.tsx';
import type { IconName } from '@/shared/icons/Icon.tsx';

export type ScreenId = 'counter' | 'customers' | 'tags' | 'wishes' | 'due' | 'incomplete' | 'retention' | 'segmentation' | 'ladder' | 'members' | 'complaints' | 'settings' | 'import' | 'points' | 'benefits' | 'entry' | 'offers' | 'packs' | 'cashback' | 'terms' | 'products' | 'export';

export interface Screen {
  id: ScreenId;
  path: string;
  icon: IconName;
  /** The key that opens it. */
  key?: string;
  /** Reached from other screens and the palette only. */
  offRail?: true;
  /** A page of this part of the program: it stands in the sub-navigation above the part's pages, in the order of this list. */
  part?: ScreenId;
  /** The entry of the rail that leads there, for a screen that is no page of a part. */
  under?: ScreenId;
  View: Later;
}

export const screens: readonly Screen[] = [
  { id: 'counter', path: '/counter', icon: 'counter', key: 'Alt+1', View: later(() => import('@/features/counter/index.tsx')) },
  { id: 'customers', path: '/customers', icon: 'customers', key: 'Alt+2', View: later(() => import('@/features/customers/index.tsx')) },
  { id: 'tags', path: '/customers/tags', icon: 'note', part: 'customers', offRail: true, View: later(() => import('@/features/tags/index.tsx')) },
  { id: 'wishes', path: '/customers/wishes', icon: 'gift', part: 'customers', offRail: true, View: later(() => import('@/features/people/Wishes.tsx')) },
  { id: 'due', path: '/customers/due', icon: 'clock', part: 'customers', offRail: true, View: later(() => import('@/features/people/Due.tsx')) },
  { id: 'incomplete', path: '/customers/incomplete', icon: 'person', part: 'customers', offRail: true, View: later(() => import('@/features/people/Incomplete.tsx')) },
  { id: 'retention', path: '/customers/retention', icon: 'clock', part: 'customers', offRail: true, View: later(() => import('@/features/people/Retention.tsx')) },
  { id: 'segmentation', path: '/segmentation', icon: 'segmentation', key: 'Alt+3', View: later(() => import('@/features/segmentation/index.tsx')) },
  { id: 'ladder', path: '/ladder', icon: 'ladder', key: 'Alt+4', View: later(() => import('@/features/ladder/index.tsx')) },
  { id: 'points', path: '/ladder/points', icon: 'star', offRail: true, part: 'ladder', View: later(() => import('@/features/points/index.tsx')) },
  { id: 'benefits', path: '/ladder/benefits', icon: 'gift', offRail: true, part: 'ladder', View: later(() => import('@/features/benefits/index.tsx')) },
  { id: 'members', path: '/ladder/members', icon: 'person', offRail: true, part: 'ladder', View: later(() => import('@/features/members/index.tsx')) },
  { id: 'entry', path: '/ladder/entry', icon: 'gift', offRail: true, part: 'ladder', View: later(() => import('@/features/entry/index.tsx')) },
  { id: 'offers', path: '/ladder/offers', icon: 'gift', offRail: true, part: 'ladder', View: later(() => import('@/features/offers/index.tsx')) },
  { id: 'packs', path: '/ladder/packs', icon: 'repeat', offRail: true, part: 'ladder', View: later(() => import('@/features/packs/index.tsx')) },
  { id: 'cashback', path: '/ladder/cashback', icon: 'refund', offRail: true, part: 'ladder', View: later(() => import('@/features/cashback/index.tsx')) },
  { id: 'terms', path: '/ladder/terms', icon: 'note', offRail: true, part: 'ladder', View: later(() => import('@/features/terms/index.tsx')) },
  { id: 'complaints', path: '/complaints', icon: 'complaints', key: 'Alt+5', View: later(() => import('@/features/complaints/index.tsx')) },
  { id: 'settings', path: '/settings', icon: 'settings', key: 'Alt+9', View: later(() => import('@/features/settings/index.tsx')) },
  { id: 'products', path: '/products', icon: 'product', offRail: true, under: 'settings', View: later(() => import('@/features/products/index.tsx')) },
  { id: 'import', path: '/import', icon: 'import', offRail: true, under: 'settings', View: later(() => import('@/features/imports/index.tsx')) },
  { id: 'export', path: '/export', icon: 'export', offRail: true, under: 'settings', View: later(() => import('@/features/exports/index.tsx')) },
];

/** Where a day begins. */
export const firstScreen: Screen = screens[0] as Screen;

/** The screen that a path belongs to: the one whose own path says most of it. */
export function screenOf(path: string): Screen | undefined {
  const fits = screens.filter((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
  return fits.sort((a, b) => b.path.length - a.path.length)[0];
}

/** The pages of the part that a screen belongs to; none where a part is one page. */
export function pagesBeside(screen: Screen): readonly Screen[] {
  const part = screen.part ?? screen.id;
  const pages = screens.filter((other) => other.id === part || other.part === part);
  return pages.length > 1 ? pages : [];
}

/** The entry of the rail under which a screen stands. */
export const entryOf = (screen: Screen): ScreenId => screen.part ?? screen.under ?? screen.id;
