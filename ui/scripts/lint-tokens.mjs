// Guards the window's walls: colours and sizes live in the tokens only, the shell is imported by the backend
// folder only, features do not know each other, components stay short, and nothing writes raw HTML.
// Usage: node scripts/lint-tokens.mjs [folder]
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const root = process.argv[2] ?? 'src';
const MAX_COMPONENT = 250;
const MAX_FILE = 500;
const problems = [];

function* files(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      if (name !== 'bindings') yield* files(path);
    } else if (/\.(tsx?|css)$/.test(name)) yield path;
  }
}

const report = (path, line, what) => problems.push(`${path}:${line}: ${what}`);

function withoutComments(text) {
  const blank = (comment) => comment.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|[^:'"`])\/\/.*$/gm, (m, before) => before + ' '.repeat(m.length - before.length));
}

const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color-mix)a?\(/i;
// A hidden element is 1 px by definition; a container condition cannot read a variable.
const cssSize = /(?<![\w.-])(?!1px|0)\d*\.?\d+(?:px|rem|pt)\b/;
const tsxSize = /['"`\s:]\d*\.?\d+(?:px|rem|pt)['"`\s;]/;

function checkStyles(path, lines) {
  lines.forEach((line, n) => {
    if (colour.test(line)) report(path, n + 1, `colour outside the tokens: ${line.trim()}`);
    if (!line.trim().startsWith('@container') && cssSize.test(line)) report(path, n + 1, `size outside the tokens: ${line.trim()}`);
  });
}

function checkCode(path, text, lines) {
  const inside = relative(root, path).split(sep);
  const isTest = /\.test\.tsx?$/.test(path);
  lines.forEach((line, n) => {
    if (!isTest && /['"`]#[0-9a-f]{3,8}['"`]/i.test(line)) report(path, n + 1, `colour outside the tokens: ${line.trim()}`);
    if (!isTest && tsxSize.test(line)) report(path, n + 1, `size outside the tokens: ${line.trim()}`);
    if (/style=\{\{(?!\s*\[?['"]?--)/.test(line) && !/height|width|transform|top|left|inset/.test(line)) report(path, n + 1, 'inline style; use a class');
    if (/dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/.test(line)) report(path, n + 1, 'raw HTML; a name must never run as code');
    const from = /(?:from|import\()\s*['"]([^'"]+)['"]/.exec(line)?.[1];
    if (!from) return;
    if (from.startsWith('@tauri-apps/') && inside[0] !== 'backend') report(path, n + 1, 'only src/backend may import the shell');
    if (inside[0] === 'features') {
      const other = /(?:@\/features\/|\.\.\/\.\.\/features\/|^\.\.\/\.\.\/)([\w-]+)/.exec(from)?.[1];
      if (from.includes('features/') && other !== inside[1]) report(path, n + 1, `feature ${inside[1]} knows feature ${other}; joins live in app/`);
      if (/^\.\.\/(?!\.)/.test(from) && inside.length === 3) report(path, n + 1, 'feature reaches out of its folder');
      if (from.startsWith('@/app')) report(path, n + 1, 'a feature does not know the app');
      if (from.startsWith('@/backend') && /\b(useAsk|useAct|call)\b/.test(line) && inside.at(-1) !== 'queries.ts' && !isTest) report(path, n + 1, 'only queries.ts of a feature calls the backend');
    }
    if (inside[0] === 'shared' && /@\/(features|app)\b/.test(from)) report(path, n + 1, 'shared knows neither features nor app');
  });
  const limit = path.endsWith('.tsx') ? MAX_COMPONENT : MAX_FILE;
  if (lines.length > limit + 1 && !isTest) report(path, 1, `${lines.length} lines, at most ${limit}; split by meaning`);
  if (!isTest && !/^(\/\/|\/\*|import .*json)/.test(text) && !path.includes('i18n') && !path.endsWith('index.ts') && !path.endsWith('.d.ts')) report(path, 1, 'starts without a sentence that says what the file decides');
}

for (const path of files(root)) {
  if (path.includes(join('shared', 'tokens'))) continue;
  const text = readFileSync(path, 'utf8');
  const lines = withoutComments(text).split('\n');
  if (path.endsWith('.css')) checkStyles(path, lines);
  else checkCode(path, text, lines);
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problems\n`);
  process.exit(1);
}
process.stdout.write('walls and tokens hold\n');
