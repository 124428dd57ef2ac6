import { expect, test } from 'vitest';
import { readMinutes, writeMinutes } from './minutes.ts';

test('a span is read as people write it', () => {
  expect([readMinutes('90'), readMinutes('90 分'), readMinutes('２４小时'), readMinutes('1.5 h'), readMinutes('1小时30分')]).toEqual([90, 90, 1440, 90, 90]);
});

test('what is no span is none', () => {
  for (const text of ['', '-5', '1.2', 'soon', '3 天', '99999999']) expect(readMinutes(text), text).toBeUndefined();
});

test('what was written is read again', () => {
  const words = { h: '小时', m: '分' };
  for (const minutes of [1, 15, 60, 90, 480, 1440, 1441]) expect(readMinutes(writeMinutes(minutes, words))).toBe(minutes);
  expect(writeMinutes(1440, words)).toBe('24 小时');
});
