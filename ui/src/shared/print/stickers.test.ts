import { beforeEach, describe, expect, it } from 'vitest';
import { formatNames, formats, nextStart, onSheets, placesOn, problemOf, rememberedStickers, rememberStickers, sheetOf, type StickerSheet } from './stickers.ts';

const own: StickerSheet = { columns: 4, rows: 12, width: 48.5, height: 21.2, top: 12, left: 8, across: 0, down: 0 };

describe('sheets of labels', () => {
  beforeEach(() => localStorage.clear());

  it('have the measures that stand on their packets', () => {
    expect([formats['3x8'].left, formats['3x8'].top]).toEqual([0, 0.5]);
    expect([formats['3x7'].left, formats['3x7'].top]).toEqual([0, 0.45]);
    expect([formats['2x7'].left, formats['2x7'].top]).toEqual([4.65, 15.15]);
    for (const format of formatNames) expect(problemOf({ format, own, start: 1 })).toBeUndefined();
  });

  it('begin at the first free label and go on where the last sheet was left', () => {
    expect(onSheets(['甲', '乙', '丙'], 4, 3)).toEqual([[undefined, undefined, '甲', '乙'], ['丙']]);
    expect(nextStart(3, 4, 3)).toBe(2);
    expect(nextStart(2, 4, 3)).toBe(1);
    expect(onSheets([], 4, 1)).toEqual([]);
  });

  it('say which measure reaches beyond the paper or is none', () => {
    const measured = (more: Partial<StickerSheet>) => problemOf({ format: 'own', own: { ...own, ...more }, start: 1 });
    expect(measured({ left: 17 })).toEqual({ measure: 'width', why: 'across' });
    expect(measured({ down: 3 })).toEqual({ measure: 'height', why: 'down' });
    expect(measured({ rows: 2.5 })).toEqual({ measure: 'rows', why: 'number' });
    expect(measured({ width: Number.NaN })).toEqual({ measure: 'width', why: 'number' });
    expect(problemOf({ format: '3x8', own, start: 25 })).toEqual({ measure: 'start', why: 'start' });
    // 3 × 70 and the like end on the edge, whatever binary fractions make of it.
    expect(problemOf({ format: 'own', own: { ...formats['3x10'], top: 0 }, start: 30 })).toBeUndefined();
  });

  it('are remembered, and what cannot be read any more is forgotten', () => {
    rememberStickers({ format: 'own', own, start: 7 });
    expect(rememberedStickers()).toEqual({ format: 'own', own, start: 7 });
    expect(placesOn(sheetOf(rememberedStickers()))).toBe(48);
    localStorage.setItem('shukebu.stickers', '{"format":"9x9"');
    expect(rememberedStickers().format).toBe('3x8');
    localStorage.setItem('shukebu.stickers', '{"format":"own","own":{"rows":99}}');
    expect(rememberedStickers().format).toBe('3x8');
  });
});
