/** Writes what the evaluation has found out into the package, for `llm_model: auto`; with `--check` it only fails if that is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelQualityText } from './model-quality-text.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'src/llm/routing/model-quality.yaml');
const text = readFileSync(file, 'utf8');
const fresh = modelQualityText({ before: text, folder: join(root, 'eval/figures'), today: new Date().toISOString().slice(0, 10) });

if (!process.argv.includes('--check')) {
  writeFileSync(file, fresh);
} else if (fresh !== text) {
  console.error('src/llm/routing/model-quality.yaml is stale. Run: npm run docs:quality');
  process.exitCode = 1;
}
