import { describe, expect, it } from 'vitest';
import { readHours, writeHours } from './hours.ts';

describe('opening hours', () => {
  it('are read as people write them', () => {
    for (const text of ['9:00-12:00, 13:30-21:00', '09:00–12:00，13:30–21:00', '９：００～１２：００、１３：３０～２１：００', '9点-12点；13点30分至21点']) {
      expect(readHours(text), text).toEqual([
        ['09:00', '12:00'],
        ['13:30', '21:00'],
      ]);
    }
  });

  it('may end at midnight or on the next day', () => {
    expect(readHours('18-24')).toEqual([['18:00', '24:00']]);
    expect(readHours('20:00-2:00')).toEqual([['20:00', '02:00']]);
  });

  it('are closed when empty', () => expect(readHours(' ')).toEqual([]));

  it('are refused when they are none', () => {
    for (const text of ['9', '9-', '25:00-26:00', '9:70-10:00', 'morning', '9-12-15']) expect(readHours(text), text).toBeUndefined();
  });

  it('come back to the same text', () => expect(writeHours(readHours('9:00-12:00，13:30-21:00'))).toBe('09:00-12:00，13:30-21:00'));
});
