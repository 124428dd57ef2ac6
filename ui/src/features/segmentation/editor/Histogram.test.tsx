import { expect, it } from 'vitest';
import { linesOf, placeOf, valueAt } from './Histogram.tsx';

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

it('the words of cut points that are near each other stand on lines of their own', () => {
  expect(linesOf([0.1, 0.5], 0.2)).toEqual([0, 0]);
  expect(linesOf([0.01, 0.04, 0.11, 0.54], 0.2)).toEqual([0, 1, 2, 0]);
  // Past two thirds they stand at the left of their line, and so does the room that they take.
  expect(linesOf([0.5, 0.75], 0.2)).toEqual([0, 1]);
  expect(linesOf([0, 0.01, 0.02, 0.03, 0.04], 0.2)).toEqual([0, 1, 2, 3, 0]);
});
