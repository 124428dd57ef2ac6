import { describe, expect, it } from 'vitest';
import { columnsOf, cutTo, fitsBeside, wrapTo } from './width.ts';

describe('the width of a text on a roll', () => {
  it('counts a Chinese character as two columns and a Latin letter as one', () => {
    expect(columnsOf('奶油蛋糕')).toBe(8);
    expect(columnsOf('Cake 6寸')).toBe(8);
    expect(columnsOf('¥1,234.50')).toBe(9);
    expect(columnsOf('，（）')).toBe(6);
  });

  it('counts a rare character beyond the BMP once, and a mark not at all', () => {
    expect(columnsOf('𠮷野')).toBe(4);
    expect(columnsOf('é')).toBe(1);
  });

  it('puts a long name above its amount on 58 mm and beside it on 80 mm', () => {
    const name = '手工海盐焦糖巧克力曲奇礼盒';
    expect(fitsBeside(name, '¥168.00', 32)).toBe(false);
    expect(fitsBeside(name, '¥168.00', 48)).toBe(true);
  });

  it('cuts without halving a character', () => {
    expect(cutTo('海盐焦糖', 8)).toBe('海盐焦糖');
    expect(cutTo('海盐焦糖曲奇', 8)).toBe('海盐焦…');
    expect(cutTo('𠮷𠮷𠮷', 4)).toBe('𠮷…');
  });

  it('wraps so that no line is wider than the roll and nothing is lost', () => {
    const text = '请在三天内食用完毕，冷藏保存。Thank you for coming 谢谢光临';
    const lines = wrapTo(text, 32);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(32);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(wrapTo('Thank you for coming', 12)).toEqual(['Thank you', 'for coming']);
  });
});
