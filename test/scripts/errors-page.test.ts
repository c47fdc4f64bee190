import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../scripts/error-catalogue.ts';
import { readSource } from '../../scripts/error-sites.ts';
import { errorsPage } from '../../scripts/errors-page.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const catalogue = errorCatalogue(readSource(join(root, 'src')));
const codes = catalogue.map(({ code }) => code);

/** The codes that stand in a test as texts of their own. */
function codesInTests(): ReadonlySet<string> {
  const files = globSync('**/*.test.ts', { cwd: join(root, 'test') });
  const texts = files.map((file) => readFileSync(join(root, 'test', file), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/(['"`])([a-z_]+\.[a-z_]+|usage)\1/g)].map(([, , code = '']) => code)));
}

describe('docs/errors.md', () => {
  it('is what the code says (else: npm run docs:errors)', () => {
    expect(errorsPage(page, catalogue)).toBe(page);
  });

  it('has every code, with its exit code and its sentence', () => {
    expect(codes.length).toBeGreaterThan(200);
    expect(page).toContain(
      '### `run.live`\n\nExit code 2.\n\n```text\nError: The run … is running: process … on … is working on it.\n  Pause it first: multiagent pause … (or end it: multiagent cancel …)\n```',
    );
  });

  it('has no code that no test names: a new error comes with its test', () => {
    const named = codesInTests();
    expect(codes.filter((code) => !named.has(code))).toEqual([]);
  });
});
