// How charts look: the colours of the tokens as they are painted now, the order in which classes take them, and the
// settings that every chart shares. The canvas knows no CSS variables, so the colours are handed over as values.
import type { EChartsOption } from 'echarts';
import { useSyncExternalStore } from 'react';
import { dark, darkHigh, light, lightHigh, motion, sizes, type Palette } from '@/shared/tokens/tokens.ts';

export interface Look {
  colours: Palette;
  /** Colour of a class by the name that the backend gives (`jade`, `gold` …). */
  ofClass: (name: string) => string;
  /** Colours of things without a colour of their own, in order. */
  series: readonly string[];
  /** From nothing to much, for heat maps. */
  ramp: readonly [string, string];
  /** A size of 100 % in the pixels of the chosen font size. */
  px: (size: number) => number;
  font: string;
}

const classColours: Record<string, keyof Palette> = { jade: 'classJade', moss: 'classMoss', gold: 'classGold', amber: 'classAmber', blue: 'classBlue', plum: 'classPlum', clay: 'classClay', ink: 'classInk', stone: 'classStone', mist: 'classMist' };

/** Theme and contrast as they are painted now: `dark high`. */
export const paintedTheme = (): string => `${document.documentElement.dataset.theme ?? 'light'} ${document.documentElement.dataset.contrast ?? ''}`;

/** The same, told anew whenever the window is painted in another look. */
export const usePaintedTheme = (): string => useSyncExternalStore(followPaint, paintedTheme);

function followPaint(heard: () => void): () => void {
  const watch = new MutationObserver(heard);
  watch.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  return () => watch.disconnect();
}

/** The look of a painted theme, at a size of letters in per cent. */
export function lookNow(theme: string, percent = 100): Look {
  const isDark = theme.startsWith('dark');
  const isHigh = theme.endsWith('high');
  const colours = isDark ? (isHigh ? darkHigh : dark) : isHigh ? lightHigh : light;
  const scale = percent / 100;
  return {
    colours,
    ofClass: (name) => colours[classColours[name] ?? 'classStone'],
    series: [colours.primary, colours.info, colours.gold, colours.diamond, colours.soonFill, colours.stone, colours.silver],
    ramp: [colours.hover, colours.primary],
    px: (size) => Math.round(size * scale),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** What every chart shares: our type, quiet axes, words as plain text in tooltips (nothing becomes HTML). */
export function shared(look: Look): EChartsOption {
  const { colours, px } = look;
  const quiet = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    backgroundColor: 'transparent',
    color: [...look.series],
    animation: !quiet,
    animationDuration: motion.move,
    animationDurationUpdate: motion.move,
    textStyle: { fontFamily: look.font, fontSize: px(sizes.t12), color: colours.ink2 },
    aria: { enabled: false },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.raised,
      borderColor: colours.lineStrong,
      borderWidth: sizes.hair,
      padding: [px(8), px(12)],
      textStyle: { fontFamily: look.font, fontSize: px(sizes.t13), color: colours.ink },
      transitionDuration: 0,
    },
  };
}

/** An axis as a thin line with quiet words. */
export function axis(look: Look, rest: Record<string, unknown>): Record<string, unknown> {
  const { colours, px } = look;
  return {
    axisLine: { lineStyle: { color: colours.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: colours.ink2, fontSize: px(sizes.t12), hideOverlap: true },
    nameTextStyle: { color: colours.ink2, fontSize: px(sizes.t12) },
    splitLine: { lineStyle: { color: colours.line } },
    ...rest,
  };
}
