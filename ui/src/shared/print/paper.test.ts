import { beforeEach, describe, expect, it } from 'vitest';
import { pageRule, rememberedPaper, rememberPaper } from './paper.ts';

describe('a paper', () => {
  beforeEach(() => localStorage.clear());

  it('is told to the print dialog: sheets by their name, a roll as long as what stands on it', () => {
    expect(pageRule('A4', 0)).toContain('size: A4 portrait');
    expect(pageRule('A5', 0)).toContain('size: A5 portrait');
    // 378 pixels are 100 mm; the cutter needs a little more.
    expect(pageRule('58', 378)).toContain('size: 58mm 105mm');
    expect(pageRule('80', 378)).toContain('size: 80mm 105mm');
    expect(pageRule('stickers', 0)).toContain('margin: 0');
  });

  it('is remembered for each kind of sheet, where that sheet still knows it', () => {
    rememberPaper('receipt', 'A5');
    expect(rememberedPaper('receipt', ['58', 'A5'])).toBe('A5');
    expect(rememberedPaper('receipt', ['58', '80'])).toBe('58');
    expect(rememberedPaper('card', ['58', '80'])).toBe('58');
  });
});
