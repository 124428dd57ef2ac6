import { expect, test } from 'vitest';
import { landing } from './useMoving.ts';

test('a column lands between the headings under the pointer', () => {
  const middles = [50, 150, 250, 350];
  expect([10, 60, 160, 260, 900].map((x) => landing(middles, 0, x))).toEqual([0, 0, 1, 2, 3]);
  expect([10, 60, 160, 240, 260, 900].map((x) => landing(middles, 2, x))).toEqual([0, 1, 2, 2, 2, 3]);
});
