/** Writes man/multiagent.1; with `--check` it only fails if the page is stale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildProgram, helpBelow } from '../src/cli/program.ts';
import { manPage } from './man-page.ts';

const file = join(import.meta.dirname, '..', 'man', 'multiagent.1');
const fresh = manPage(
  buildProgram(() => undefined),
  helpBelow,
);

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, fresh);
} else if (fresh !== readFileSync(file, 'utf8')) {
  console.error('man/multiagent.1 is stale. Run: npm run docs:man');
  process.exitCode = 1;
}
