import { expect, test } from 'vitest';
import { HIGHEST, placeAt, scaleOf, scrolled, showing, start, type Place, type Scale } from './scale.ts';

const row = 40;
const view = 600;

/** Scrolls step by step as a wheel does; every step moves the list by as much. */
function wheel(scale: Scale, from: Place, step: number, times: number): Place {
  let place = from;
  let top = place.offset - place.shift;
  for (let n = 0; n < times; n += 1) {
    const asked = Math.max(0, Math.min(scale.drawn - view, top + step));
    const next = scrolled(scale, place, top, asked);
    expect(next.offset - place.offset).toBe(asked - top);
    place = next;
    top = place.offset - place.shift;
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThanOrEqual(scale.drawn - view);
  }
  return place;
}

test('a list that a browser can draw is scrolled as it is', () => {
  const scale = scaleOf(100_000 * row, view);
  expect(scale.drawn).toBe(scale.tall);
  expect(scrolled(scale, start, 0, 1234)).toEqual({ offset: 1234, shift: 0 });
  expect(placeAt(scale, 3_999_999)).toEqual({ offset: 4_000_000 - view, shift: 0 });
});

test('the last of a million rows is reached, by key, by a far jump and by the wheel', () => {
  const scale = scaleOf(1_000_000 * row, view);
  expect(scale.drawn).toBe(HIGHEST);
  const end = scale.tall - view;
  const byKey = showing(scale, start, 999_999, row);
  expect(byKey.offset).toBe(end);
  expect(byKey.offset - byKey.shift).toBe(HIGHEST - view);
  expect(scrolled(scale, start, 0, HIGHEST - view).offset).toBe(end);
  const near = showing(scale, start, 999_000, row);
  expect(wheel(scale, near, 100, 500).offset).toBe(end);
});

test('the first row is reached from anywhere by the wheel, and every row between by key', () => {
  const scale = scaleOf(2_000_000 * row, view);
  const middle = scrolled(scale, start, 0, 4_000_000);
  expect(middle.offset).toBeGreaterThan(20_000_000);
  expect(wheel(scale, showing(scale, middle, 900, row), -100, 500).offset).toBe(0);
  let place = middle;
  for (const at of [1_234_567, 1_234_568, 1_234_600, 0, 1_999_999, 700_000, 699_999]) {
    place = showing(scale, place, at, row);
    expect(place.offset).toBeLessThanOrEqual(at * row);
    expect(place.offset + view).toBeGreaterThanOrEqual((at + 1) * row);
    const top = place.offset - place.shift;
    expect(top >= 0 && top <= HIGHEST - view).toBe(true);
  }
});

test('a long way by the wheel never jumps', () => {
  const scale = scaleOf(1_000_000 * row, view);
  const down = wheel(scale, start, 2300, 6000);
  expect(down.offset).toBe(13_800_000);
  // A step that meets the end of what is drawn is a short one.
  expect(wheel(scale, down, -2300, 6010).offset).toBe(0);
});
