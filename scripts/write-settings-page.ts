/** Writes the generated parts of docs/settings.md; with `--check` it only fails if the page is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsPage } from './settings-page.ts';

const file = join(import.meta.dirname, '..', 'docs', 'settings.md');
const page = readFileSync(file, 'utf8');
const fresh = settingsPage(page);

if (!process.argv.includes('--check')) {
  writeFileSync(file, fresh);
} else if (fresh !== page) {
  console.error('docs/settings.md is stale. Run: npm run docs:settings');
  process.exitCode = 1;
}
