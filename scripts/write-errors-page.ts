/** Writes the generated part of docs/errors.md; with `--check` it only fails if the page is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCatalogue } from './error-catalogue.ts';
import { readSource } from './error-sites.ts';
import { errorsPage } from './errors-page.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'errors.md');
const page = readFileSync(file, 'utf8');
const fresh = errorsPage(page, errorCatalogue(readSource(join(root, 'src'))));

if (!process.argv.includes('--check')) {
  writeFileSync(file, fresh);
} else if (fresh !== page) {
  console.error('docs/errors.md is stale. Run: npm run docs:errors');
  process.exitCode = 1;
}
