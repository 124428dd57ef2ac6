import { beforeAll, describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLanguage } from './index.ts';

const folder = join(import.meta.dirname, 'en');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe('one and many in English', () => {
  let say: (key: string, values: Record<string, string>) => string;
  beforeAll(async () => {
    const i18n = await startLanguage('en');
    const anyWords = i18n.t as unknown as typeof say;
    say = (key, values) => anyWords(key, values);
  });

  it('one is said as one, with its verb', () => {
    expect(say('entry:ending', { n: '1' })).toBe('1 offer ends within three days.');
    expect(say('entry:ending', { n: '2' })).toBe('2 offers end within three days.');
    expect(say('common:people', { n: '1' })).toBe('1 person');
    expect(say('common:people', { n: '1,001' })).toBe('1,001 people');
    expect(say('common:orders', { n: '0' })).toBe('0 orders');
  });

  it('no sentence puts a figure before a word that is only right for many', () => {
    // A figure that is followed at once by a plural would be wrong for one; what is no count is named here.
    const noCount = /\{\{(year|name|who|tier|text|day|amount|case|rank|cost|share|people|spend|date|late|down|deputy|open)\}\}/;
    const wrong = files.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/"(\w+)": "(.*)"/g)]
        .filter(([, key]) => !key?.endsWith('_other'))
        .flatMap(([, key, text]) => [...(text ?? '').matchAll(/\{\{\w+\}\} (?:more |open )?[a-z]{2,}(?<!s)s\b/g)].map((found) => `${file} ${key}: ${found[0]}`))
        .filter((found) => !noCount.test(found) && !/ (is|as|this|was|has|goes)$/.test(found)),
    );
    expect(wrong).toEqual([]);
  });
});
