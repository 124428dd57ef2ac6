// How a long list is cut into parts, and how one of them is fetched page by page.

/** More rows than that are no document that a print dialog bears. */
export const MOST_AT_ONCE = 5000;

export interface Part {
  /** The place of its first row. */
  from: number;
  /** The place behind its last row. */
  to: number;
}

export function partsOf(total: number, most = MOST_AT_ONCE): Part[] {
  const count = Math.max(1, Math.ceil(total / most));
  return Array.from({ length: count }, (_, n) => ({ from: n * most, to: Math.min(total, (n + 1) * most) }));
}

/** All rows of a part, or nothing when `onCount` says that nobody waits for them any more. */
export async function loadAll<T>(part: Part, page: number, load: (offset: number, limit: number) => Promise<readonly T[]>, onCount: (count: number) => boolean): Promise<readonly T[] | undefined> {
  const rows: T[] = [];
  for (let offset = part.from; offset < part.to; offset += page) {
    // Pages follow each other, so that whoever is at the counter is served in between.
    // oxlint-disable-next-line no-await-in-loop
    rows.push(...(await load(offset, Math.min(page, part.to - offset))));
    if (!onCount(Math.min(offset + page, part.to) - part.from)) return undefined;
  }
  return rows;
}
