/** Writes what the evaluation has found out into the package, for `llm_model: auto`. A test compares it with the figures. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelQualityText } from './model-quality-text.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'src/llm/routing/model-quality.yaml');
const before = readFileSync(file, 'utf8');
const today = new Date().toISOString().slice(0, 10);

writeFileSync(file, modelQualityText({ before, folder: join(root, 'eval/figures'), today }));
