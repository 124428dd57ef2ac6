import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tableNames } from './tables.ts';

const migrations = join(import.meta.dirname, '../../../src-tauri/crates/backend/migrations');

it('every table that a screen listens to is a table of the book', () => {
  const sql = readdirSync(migrations).map((file) => readFileSync(join(migrations, file), 'utf8'));
  const made = new Set(sql.flatMap((text) => [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map((m) => m[1] ?? '')));
  expect(tableNames.filter((table) => !made.has(table))).toEqual([]);
});
