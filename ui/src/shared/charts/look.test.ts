import { afterEach, expect, it } from 'vitest';
import { dark, light } from '@/shared/tokens/tokens.ts';
import { lookNow, paintedTheme, shared } from './look.ts';

afterEach(() => {
  delete document.documentElement.dataset.theme;
});

it('a chart takes the colours of the look that is painted', () => {
  document.documentElement.dataset.theme = 'dark';
  expect(lookNow(paintedTheme()).ofClass('jade')).toBe(dark.classJade);
  document.documentElement.dataset.theme = 'light';
  expect(lookNow(paintedTheme()).ofClass('jade')).toBe(light.classJade);
});

it('a class whose colour is unknown is drawn as an ordinary one', () => {
  expect(lookNow(paintedTheme()).ofClass('pink')).toBe(light.classStone);
});

it('a tooltip is drawn text and never becomes HTML', () => {
  expect(shared(lookNow(paintedTheme())).tooltip).toMatchObject({ renderMode: 'richText' });
});
