import { describe, expect, it } from 'vitest';
import { antdCss } from '../../../vite/styles.ts';

describe('the sheet of the component library', () => {
  it('dresses its own parts and nothing of the window', () => {
    const css = antdCss();
    expect(css).toContain('.ant-picker');
    const selectors = [...css.matchAll(/(?:^|[}\n])([^{}@]+)\{/g)].flatMap(([, list = '']) => list.split(','));
    const foreign = selectors.map((each) => each.trim()).filter((each) => each !== '' && !/[.#:[]|^(from|to|\d+%)$/.test(each));
    expect(foreign).toEqual([]);
    expect(selectors.filter((each) => /^\s*a(?![\w-])/.test(each))).toEqual([]);
  });
});
