import { describe, expect, it } from 'vitest';
import { dark, darkHigh, light, lightHigh, type Palette } from './tokens.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const looks: [string, Palette][] = [['light', light], ['dark', dark], ['light, high contrast', lightHigh], ['dark, high contrast', darkHigh]];
const grounds = ['paper', 'card', 'raised', 'hover'] as const;

for (const [name, p] of looks) {
  describe(name, () => {
    it('shows body text with AAA contrast on every ground', () => {
      for (const ground of grounds) expect(contrast(p.ink, p[ground]), ground).toBeGreaterThanOrEqual(7);
    });

    it('shows secondary and meaningful text with AA contrast', () => {
      const pairs: [keyof Palette, keyof Palette][] = [
        ...grounds.flatMap((ground): [keyof Palette, keyof Palette][] => [['ink2', ground], ['primary', ground], ['info', ground]]),
        ['late', 'card'],
        ['late', 'lateSoft'],
        ['soon', 'card'],
        ['soon', 'soonSoft'],
        ['info', 'infoSoft'],
        ['primary', 'primarySoft'],
        ['ink', 'primarySoft'],
        ['ink', 'lateSoft'],
        ['ink', 'soonSoft'],
        ['onPrimary', 'primary'],
        ['onPrimary', 'primaryHover'],
        ['onLate', 'late'],
        ['stone', 'stoneSoft'],
        ['silver', 'silverSoft'],
        ['gold', 'goldSoft'],
        ['diamond', 'diamondSoft'],
      ];
      const weak = pairs.filter(([text, ground]) => contrast(p[text], p[ground]) < 4.5).map(([text, ground]) => `${text} on ${ground}: ${contrast(p[text], p[ground]).toFixed(2)}`);
      expect(weak).toEqual([]);
    });

    it('draws lines of fields that can be seen', () => {
      // The border of a field is the only sign of it; 3:1 is what WCAG asks in the high-contrast looks.
      if (name.includes('high')) expect(contrast(p.lineStrong, p.card)).toBeGreaterThanOrEqual(3);
      else expect(contrast(p.lineStrong, p.card)).toBeGreaterThanOrEqual(1.4);
    });
  });
}
