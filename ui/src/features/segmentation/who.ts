// Who stands behind a shape, as it travels in the place of the window.
import { go } from '@/shared/router.tsx';
import type { Who } from './queries.ts';

/** The list behind a shape; its name goes along, because a cell or a rank has none of its own. */
export const peoplePath = (who: Who, name: string): string => `/segmentation/people?who=${encodeURIComponent(JSON.stringify(who))}&name=${encodeURIComponent(name)}`;

export const openPeople = (who: Who, name: string): void => go(peoplePath(who, name));

/** Who is meant by a place; undefined when it cannot be read. */
export function readWho(text: string | null): Who | undefined {
  try {
    const who: unknown = JSON.parse(text ?? '');
    return typeof who === 'object' && who !== null && 'kind' in who ? (who as Who) : undefined;
  } catch {
    return undefined;
  }
}
