// Makes two style sheets while building, so that the window writes no style of its own at run time and
// the content security policy can refuse inline styles:
//   virtual:tokens.css  the CSS variables of tokens.ts for each look and font size
//   virtual:antd.css    the component library under our theme, only the parts that are used
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import * as T from '../src/shared/tokens/tokens.ts';
import { antdKey, antdParts, antdTheme } from './antd-theme.ts';

const require = createRequire(import.meta.url);
const rem = (px: number) => (px === 0 ? '0' : `${px / 16}rem`);
const kebab = (name: string) => name.replace(/[A-Z0-9]+/g, (m, at: number) => (at === 0 ? m : `-${m.toLowerCase()}`));

/** The CSS variable of a colour: `primarySoft` is `--primary-soft`. */
export const colourVariable = (name: string) => `--${name.replace(/[A-Z]/g, (m) => `-${m.toLowerCase()}`).replace('ink2', 'ink-2')}`;

const block = (selector: string, lines: string[]) => `${selector}{${lines.join(';')}}`;
const colours = (palette: T.Palette) => Object.entries(palette).map(([name, value]) => `${colourVariable(name)}:${value}`);

export function tokensCss(): string {
  const sizeLines = Object.entries(T.sizes).map(([name, px]) =>
    // Hairlines stay one device-independent pixel at every font size.
    `--${kebab(name)}:${name === 'hair' || name === 'pill' ? `${px}px` : rem(px)}`,
  );
  const spaceLines = T.spaceSteps.map((step) => `--s${step}:${rem(step * 4)}`);
  const others = [
    ...Object.entries(T.weights).map(([name, w]) => `--w-${name}:${w}`),
    ...Object.entries(T.motion).map(([name, ms]) => `--m-${name}:${ms}ms`),
  ];
  return [
    block(':root', [...sizeLines, ...spaceLines, ...others]),
    ...T.systems.flatMap((system) => [
      block(`:root[data-system="${system}"]`, [`--font:${T.fonts[system].sans}`, `--mono:${T.fonts[system].mono}`]),
      block(`:root[data-system="${system}"][lang="zh-Hant"]`, [`--font:${T.fonts[system].hant}`]),
    ]),
    block(':root,:root[data-theme="light"]', ['color-scheme:light', ...colours(T.light)]),
    block(':root[data-theme="dark"]', ['color-scheme:dark', ...colours(T.dark)]),
    block(':root[data-theme="light"][data-contrast="high"]', colours(T.lightHigh)),
    block(':root[data-theme="dark"][data-contrast="high"]', colours(T.darkHigh)),
    ...T.scales.map((scale) => block(`:root[data-scale="${scale}"]`, [`font-size:${(16 * scale) / 100}px`])),
    `@media (prefers-reduced-motion:reduce){${block(':root', Object.keys(T.motion).map((name) => `--m-${name}:0ms`))}}`,
  ].join('\n');
}

/** Colours that are ours become our variables again, so that every look reaches the library's parts. */
function ourVariables(css: string, palette: T.Palette): string {
  const byValue = new Map<string, string>();
  for (const [name, value] of Object.entries(palette)) {
    const key = value.toLowerCase();
    if (key.startsWith('#') && !byValue.has(key)) byValue.set(key, `var(${colourVariable(name)})`);
  }
  return css.replace(/#[0-9a-f]{6}\b/gi, (hex) => byValue.get(hex.toLowerCase()) ?? hex);
}

const remSizes = (css: string) =>
  css.replace(/(?<![\w#.-])(-?\d*\.?\d+)px\b/g, (whole, n: string) => (Math.abs(Number(n)) <= 1 ? whole : `${Number(n) / 16}rem`));

function extract(palette: T.Palette, isDark: boolean): string {
  const React = require('react') as typeof import('react');
  const antd = require('antd') as typeof import('antd');
  const { extractStyle } = require('@ant-design/static-style-extract') as typeof import('@ant-design/static-style-extract');
  const theme = antdTheme(palette, isDark ? antd.theme.darkAlgorithm : antd.theme.defaultAlgorithm);
  return extractStyle({
    includes: antdParts,
    customTheme: (node) => React.createElement(antd.ConfigProvider, { theme }, node),
  } as Parameters<typeof extractStyle>[0]);
}

export function antdCss(): string {
  const light = forced(ourVariables(withoutRtl(sheet(T.light, false)), T.light));
  const dark = forced(ourVariables(sheet(T.dark, true), T.dark));
  const inLight = variableBlocks(light);
  const darkBlocks = [...variableBlocks(dark)].map(([selector, lines]) => {
    const known = new Set(inLight.get(selector));
    return block(`:root[data-theme="dark"] ${selector}`, lines.filter((line) => !known.has(line)));
  });
  return remSizes(withoutUnused(withoutLinks(`${light}\n${darkBlocks.join('\n')}`)));
}

const sheet = (palette: T.Palette, isDark: boolean) => extract(palette, isDark).replace(/<\/?style[^>]*>/g, '\n');

/** The library's variable declarations by the selector that carries them. */
function variableBlocks(css: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const carrier = new RegExp(`(?<=^|[}\\s])((?:\\.[\\w-]+)*\\.${antdKey}(?:\\.[\\w-]+)*)\\{([^{}]*)\\}`, 'g');
  for (const [, selector = '', body = ''] of css.matchAll(carrier)) {
    found.set(selector, [...(found.get(selector) ?? []), ...body.split(';').filter(Boolean)]);
  }
  return found;
}

/** The dark algorithm dims the colours it is given; ours are chosen already, so they are put back. */
function forced(css: string): string {
  const ours: Record<string, string> = {
    'color-primary': '--primary',
    'color-primary-hover': '--primary-hover',
    'color-primary-active': '--primary-hover',
    'color-primary-bg': '--primary-soft',
    'color-primary-border': '--primary',
    'color-error': '--late',
    'color-warning': '--soon-fill',
    'color-success': '--primary',
    'color-info': '--info',
    'color-text-light-solid': '--on-primary',
  };
  const dimmed = ['color-primary', 'color-primary-hover', 'color-error', 'color-warning', 'color-info'];
  let undimmed = css;
  for (const name of dimmed) {
    const hex = new RegExp(`--ant-${name}:(#[0-9a-f]{6})`, 'i').exec(undimmed)?.[1];
    if (hex) undimmed = undimmed.replaceAll(hex, `var(${ours[name]})`);
  }
  return undimmed.replace(/--ant-([\w-]+):#[0-9a-f]{3,8}/gi, (line, name: string) => (ours[name] ? `--ant-${name}:var(${ours[name]})` : line));
}

/** The shop's three languages all run from left to right. */
const withoutRtl = (css: string) => css.replace(/[^{}]*-rtl\b[^{}]*\{[^{}]*\}/g, '');

/** The library would dress every link of the window, in a colour that only its own parts know and without a focus. */
const withoutLinks = (css: string) => css.replace(/(?<=^|[}\s])a(?![\w-])[^{}]*\{[^{}]*\}/g, '');

/** The library declares every preset colour; only what a rule reads is kept. */
function withoutUnused(css: string): string {
  let kept = css;
  for (let before = ''; before !== kept; ) {
    before = kept;
    const read = new Set([...kept.matchAll(/var\((--ant-[\w-]+)/g)].map((m) => m[1]));
    kept = kept.replace(/(?<=[{;])(--ant-[\w-]+):[^;{}]*;?/g, (line, name: string) => (read.has(name) ? line : ''));
  }
  return kept.replace(/[^{};]+\{\}/g, '');
}

/** The plugin that serves both sheets as importable modules. */
export function styles(): Plugin {
  const made: Record<string, () => string> = { 'virtual:tokens.css': tokensCss, 'virtual:antd.css': antdCss };
  return {
    name: 'shukebu-styles',
    resolveId: (id) => (id in made ? `\0${id}` : undefined),
    load: (id) => (id.startsWith('\0') ? made[id.slice(1)]?.() : undefined),
  };
}
