import { describe, expect, it } from 'vitest';
import { loadAll, partsOf } from './parts.ts';

describe('a long list on paper', () => {
  it('is one part as long as a print dialog bears it', () => {
    expect(partsOf(0, 10)).toEqual([{ from: 0, to: 0 }]);
    expect(partsOf(10, 10)).toEqual([{ from: 0, to: 10 }]);
  });

  it('comes in parts that together are all of it', () => {
    expect(partsOf(25, 10)).toEqual([
      { from: 0, to: 10 },
      { from: 10, to: 20 },
      { from: 20, to: 25 },
    ]);
  });

  it('is fetched page by page to the last row', async () => {
    const asked: [number, number][] = [];
    const counted: number[] = [];
    const load = (offset: number, limit: number) => {
      asked.push([offset, limit]);
      return Promise.resolve(Array.from({ length: limit }, (_, n) => offset + n));
    };
    const rows = await loadAll({ from: 10, to: 17 }, 3, load, (count) => counted.push(count) > 0);
    expect(rows).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(asked).toEqual([
      [10, 3],
      [13, 3],
      [16, 1],
    ]);
    expect(counted).toEqual([3, 6, 7]);
  });

  it('stops when nobody waits for it any more', async () => {
    let asked = 0;
    const load = () => Promise.resolve([(asked += 1)]);
    expect(await loadAll({ from: 0, to: 9 }, 1, load, (count) => count < 2)).toBeUndefined();
    expect(asked).toBe(2);
  });
});
