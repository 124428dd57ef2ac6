import { expect, it } from 'vitest';
import { placeOf, valueAt } from './Histogram.tsx';

const bars = [
  { from: 0, to: 9, people: 1 },
  { from: 10, to: 19, people: 2 },
  { from: 20, to: 999, people: 3 },
];

it('a value lies where its bar is, however long the tail is', () => {
  expect(placeOf(bars, 0)).toBe(0);
  expect(placeOf(bars, 15)).toBeCloseTo(0.5);
  expect(placeOf(bars, 5000)).toBe(1);
  expect(placeOf([], 3)).toBe(0);
});

it('the place of a value leads back to it', () => {
  for (const value of [0, 3, 10, 14, 19, 500]) expect(valueAt(bars, placeOf(bars, value))).toBe(value);
});
