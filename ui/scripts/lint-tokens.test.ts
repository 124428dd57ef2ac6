import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, 'lint-tokens.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shukebu-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the lint says about one file, empty when it is content. */
function complaint(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  try {
    execFileSync(process.execPath, [script, folder], { stdio: 'pipe' });
    return '';
  } catch (refusal) {
    return String((refusal as { stderr: Buffer }).stderr);
  }
}

describe('the lint of walls and tokens', () => {
  const cases: [string, string, string, string][] = [
    ['a colour', 'features/a/a.module.css', '/* x */\n.a { color: #ff0000; }', 'colour outside'],
    ['a size', 'features/a/a.module.css', '/* x */\n.a { padding: 12px; }', 'size outside'],
    ['a colour in code', 'shared/a.tsx', "// x\nexport const red = '#c00';", 'colour outside'],
    ['the shell', 'features/a/x.ts', "// x\nimport { invoke } from '@tauri-apps/api/core';", 'import the shell'],
    ['another feature', 'features/a/x.ts', "// x\nimport { y } from '@/features/b/y.ts';", 'knows feature b'],
    ['the app from a feature', 'features/a/x.ts', "// x\nimport { y } from '@/app/y.ts';", 'does not know the app'],
    ['a call outside queries', 'features/a/x.ts', "// x\nimport { call } from '@/backend/index.ts';", 'only queries.ts'],
    ['raw HTML', 'shared/a.tsx', '// x\nexport const A = () => <p dangerouslySetInnerHTML={{ __html: name }} />;', 'raw HTML'],
    ['a long component', 'shared/a.tsx', `// x\n${'export {};\n'.repeat(260)}`, 'split by meaning'],
    ['a file that does not say what it decides', 'shared/a.ts', 'export const a = 1;', 'what the file decides'],
  ];
  for (const [what, path, text, said] of cases) it(`refuses ${what}`, () => expect(complaint(path, text)).toContain(said));

  it('is content with variables, hairlines and container conditions', () => {
    expect(complaint('features/a/a.module.css', '/* x */\n.a { padding: var(--s3); border: 1px solid var(--line); }\n@container page (max-width: 40rem) { .a { padding: 0; } }')).toBe('');
  });
});
