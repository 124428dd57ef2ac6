import { expect, test } from 'vitest';
import { countSelected, everything, isSelected, nothing, toggled, withRows } from './selection.ts';

test('some rows are chosen one by one', () => {
  const two = toggled(toggled(nothing, 7), 9);
  expect([isSelected(two, 7), isSelected(two, 8), countSelected(two, 100)]).toEqual([true, false, 2]);
  expect(countSelected(toggled(two, 7), 100)).toBe(1);
});

test('everything but one is chosen without knowing the others', () => {
  const all = toggled(everything, 3);
  expect([isSelected(all, 3), isSelected(all, 4), countSelected(all, 100)]).toEqual([false, true, 99]);
  expect(countSelected(toggled(all, 3), 100)).toBe(100);
});

test('a range joins what is chosen already', () => {
  expect(countSelected(withRows(toggled(nothing, 1), [1, 2, 3]), 100)).toBe(3);
  expect(isSelected(withRows(toggled(everything, 2), [2]), 2)).toBe(true);
});
