import { expect, it } from 'vitest';
import { asNumber, asText, freeKey, measureKey, measureOf, moved, withCut, type Band } from './draft.ts';

const band: Band = { key: 'm', measure: { measure: 'net_minor', window: { kind: 'months', n: 12 } }, cut: { kind: 'quantiles', parts: 3 }, edge: 'above', best: 'high' };

it('a cut point that is dragged becomes a fixed number and the others stay', () => {
  expect(withCut(band, [100, 200], 1, 250).cut).toEqual({ kind: 'fixed', cuts: [100, 250] });
});

it('a cut point never passes its neighbour', () => {
  expect(withCut(band, [100, 200], 1, 50).cut).toEqual({ kind: 'fixed', cuts: [100, 101] });
  expect(withCut(band, [100, 200], 0, 900).cut).toEqual({ kind: 'fixed', cuts: [199, 200] });
});

it('amounts are typed in main units and kept in minor ones', () => {
  expect(asNumber('86.5', 'money', 2)).toBe(8650);
  expect(asText(8650, 'money', 2)).toBe('86.50');
  expect(asNumber('80', 'share', 2)).toBe(8000);
  expect(asNumber('9.5', 'count', 2)).toBeUndefined();
});

it('numbers of own fields are typed with decimals and kept in thousandths', () => {
  expect(asNumber('12.5', 'milli', 2)).toBe(12500);
  expect(asText(12500, 'milli', 2)).toBe('12.5');
  expect(asNumber('0.0005', 'milli', 2)).toBeUndefined();
});

it('a measure of an own field keeps its key', () => {
  expect(measureOf('custom:3')).toEqual({ field: 'custom:3' });
  expect([measureKey({ field: 'custom:3' }), measureKey(measureOf('orders'))]).toEqual(['custom:3', 'orders']);
});

it('a day of an own field is looked at from one of two sides', () => {
  expect(measureOf('days_until custom:5')).toEqual({ days_until: 'custom:5' });
  for (const key of ['days_since custom:5', 'days_until custom:5']) expect(measureKey(measureOf(key))).toBe(key);
});

it('a class moves one place and not out of the list', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

it('a new key is one that nobody has', () => {
  expect(freeKey('class', ['class_1', 'class_3'])).toBe('class_2');
});
