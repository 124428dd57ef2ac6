import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { languages, systemLanguage } from '@/i18n/index.ts';
import { rememberTyped, takeTyped } from '@/shared/typed-early.ts';
import { drawFrames } from './first-frame.tsx';

const script = (name: string) => readFileSync(`public/${name}.js`, 'utf8');
const run = (name: string) => window.eval(script(name));

/** The page as it is before the program runs. */
async function page(language: string): Promise<HTMLInputElement> {
  document.body.replaceChildren();
  const root = document.createElement('div');
  root.id = 'root';
  document.body.append(root);
  for (const [each, frame] of await drawFrames()) {
    const template = document.createElement('template');
    template.dataset.language = each;
    template.content.append(...frame.childNodes);
    document.body.append(template);
  }
  document.documentElement.lang = language;
  run('first');
  return document.querySelector('#root [data-search-box]') as HTMLInputElement;
}

it('stands there in the language of the window, ready to be typed into', async () => {
  const placeholders = new Set<string>();
  for (const language of languages) {
    const box = await page(language);
    expect(document.activeElement).toBe(box);
    expect(document.querySelector('#root [aria-current="page"]')).not.toBeNull();
    placeholders.add(box.placeholder);
  }
  expect(placeholders.size).toBe(languages.length);
});

it('hands over what was typed before the program ran, once', async () => {
  const box = await page('zh-Hans');
  box.value = 'zxm';
  await rememberTyped();
  expect(takeTyped()).toBe('zxm');
  expect(takeTyped()).toBe('');
});

it('waits until an input method has finished its word', async () => {
  const box = await page('zh-Hans');
  box.dispatchEvent(new CompositionEvent('compositionstart'));
  box.value = 'zhang';
  const remembered = rememberTyped();
  box.value = '张';
  box.dispatchEvent(new CompositionEvent('compositionend'));
  await remembered;
  expect(takeTyped()).toBe('张');
});

it('knows the language as the window does', () => {
  for (const tags of [['zh-TW'], ['zh-Hant-HK'], ['zh-CN'], ['zh'], ['en-GB'], ['C'], ['fr', 'en'], []]) {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);
    run('appearance');
    expect(document.documentElement.lang).toBe(systemLanguage(tags));
  }
});
