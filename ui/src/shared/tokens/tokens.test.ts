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

/** What the eye of most people, and of those who miss one kind of cone, makes of linear red, green and blue (Machado, Oliveira, Fernandes 2009). */
const sights: Record<string, readonly (readonly [number, number, number])[]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'without red': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'without green': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'without blue': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** A colour as L*, a*, b* (CIE 1976, D65), seen with a sight. */
function lab(hex: string, sight: readonly (readonly [number, number, number])[]): [number, number, number] {
  const linear = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [r = 0, g = 0, b = 0] = sight.map((row) => Math.min(1, Math.max(0, row.reduce((sum, share, at) => sum + share * (linear[at] ?? 0), 0))));
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047), f(0.2126 * r + 0.7152 * g + 0.0722 * b), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How different two colours look: ΔE of CIE 1976. About 2 can be told apart side by side, 10 at a glance. */
const difference = (a: string, b: string, sight: readonly (readonly [number, number, number])[]): number => {
  const [one, other] = [lab(a, sight), lab(b, sight)];
  return Math.hypot(...one.map((part, at) => part - (other[at] ?? 0)));
};

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

    it('tells all classes apart, with any sight of colours', () => {
      const classes = Object.entries(p).filter(([key]) => key.startsWith('class'));
      expect(classes).toHaveLength(10);
      const alike: string[] = [];
      for (const [sight, matrix] of Object.entries(sights)) {
        for (const [at, [one, a]] of classes.entries()) {
          for (const [other, b] of classes.slice(0, at)) {
            const by = difference(a, b, matrix);
            if (by < 12) alike.push(`${one} and ${other} ${sight}: ${by.toFixed(1)}`);
          }
        }
      }
      expect(alike).toEqual([]);
    });

    it('draws classes that stand out from the card', () => {
      const faint = Object.entries(p).filter(([key, colour]) => key.startsWith('class') && key !== 'classMist' && contrast(colour, p.card) < 3);
      expect(faint).toEqual([]);
    });

    it('draws lines of fields that can be seen', () => {
      // The border of a field is the only sign of it; 3:1 is what WCAG asks in the high-contrast looks.
      if (name.includes('high')) expect(contrast(p.lineStrong, p.card)).toBeGreaterThanOrEqual(3);
      else expect(contrast(p.lineStrong, p.card)).toBeGreaterThanOrEqual(1.4);
    });
  });
}
