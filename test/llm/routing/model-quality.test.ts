import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assumedShares, modelQualitySchema, qualityOf, shippedModelQuality } from '../../../src/llm/routing/model-quality.ts';
import { evaluationFamilies, familiesOf } from '../../../src/llm/routing/task-families.ts';
import { modelQualityText } from '../../../scripts/model-quality-text.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const table = (models: object) => modelQualitySchema.parse({ date: '2026-01-01', models });
const of = (model: string, size?: number) => ({ model, size });

describe('what is known of a model for a task', () => {
  const known = table({
    'coder-7b-q4': {
      library: { share: 0.2, tasks: 3, repeats: 3 },
      parser: { share: 0.6, tasks: 1, repeats: 1 },
      weaving: { share: 1, tasks: 9, repeats: 9 },
    },
    constructor: {},
  });

  it.each<[what: string, model: string, families: Parameters<typeof qualityOf>[1], size: number | undefined, expected: unknown]>([
    [
      'what was measured, wherever the server has the file',
      '/models/Coder-7B-Q4.gguf',
      ['library'],
      undefined,
      { share: expect.closeTo(0.2), from: 'measured' },
    ],
    [
      'several families by their tasks, without those that nobody measured',
      'coder-7b-q4',
      ['library', 'parser', 'algorithm'],
      undefined,
      { share: expect.closeTo(0.3), from: 'measured' },
    ],
    [
      'its size where its families were not measured',
      'coder-7b-q4',
      ['documents'],
      undefined,
      { share: assumedShares.medium, from: 'assumed' },
    ],
    ['another quantisation is another model', 'coder-7b-q8', ['library'], undefined, { share: assumedShares.medium, from: 'assumed' }],
    ['the size in its name', 'x-30b', ['library'], undefined, { share: assumedShares.large, from: 'assumed' }],
    ['the size that its server tells', 'mine', ['library'], 1.5, { share: assumedShares.small, from: 'assumed' }],
    ['nothing', 'mine', ['library'], undefined, undefined],
    ['nothing by a name that every object has', 'toString', ['library'], undefined, undefined],
  ])('%s', (_, model, families, size, expected) => {
    expect(qualityOf(of(model, size), families, known)).toEqual(expected);
  });

  it('is assumed to be more for larger classes, and less than half for all', () => {
    expect(assumedShares.small).toBeLessThan(assumedShares.medium);
    expect(assumedShares.medium).toBeLessThan(assumedShares.large);
    expect(assumedShares.large).toBeLessThan(0.5);
  });
});

describe('the shipped table', () => {
  const file = join(root, 'src/llm/routing/model-quality.yaml');

  it('is what the figures of the evaluation say (else: npm run docs:quality)', () => {
    const before = readFileSync(file, 'utf8');
    expect(modelQualityText({ before, folder: join(root, 'eval/figures'), today: '1970-01-01' })).toBe(before);
  });

  it('has only families that tasks are compared with, and a date', () => {
    const { date, models } = shippedModelQuality();
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const families of Object.values(models)) for (const family of Object.keys(families)) expect(evaluationFamilies).toContain(family);
  });

  it('gets the day of its change, and only what the team has shown counts', () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const figure = (subject: string, passed: number) => ({
      subject,
      task: 'library/a',
      family: 'library',
      level: 'easy',
      split: 'tune',
      repeat: 1,
      seed: 1,
      status: 'answered',
      passed,
      total: 4,
      read: 1,
      cached: 0,
      written: 1,
      ideal: null,
      seconds: 1,
      violations: [],
      program: 'x',
    });
    writeFileSync(join(folder, 'm.json'), JSON.stringify({ model: 'M.gguf', figures: [figure('workflow', 3), figure('direct', 4)] }));
    const text = modelQualityText({ before: '', folder, today: '2026-02-03' });
    expect(text).toContain("date: '2026-02-03'");
    expect(text).toContain("  'm':\n    library: { share: 0.75, tasks: 1, repeats: 1 }\n");
    expect(modelQualityText({ before: text, folder, today: '2027-01-01' })).toBe(text);
  });
});

describe('the families of a type of task', () => {
  it.each([
    ['implementation', 'files', 'library'],
    ['requirements_analysis', 'text', 'documents'],
    ['documentation', 'files', 'documents'],
    ['testing', 'files', 'tests-to-be-written'],
    ['bug_fix', 'files', 'bug-fix'],
    ['something_of_my_own', 'files', 'parser'],
    ['something_of_my_own', 'text', 'documents'],
  ] as const)('%s (%s) is like %s', (taskType, expects, family) => {
    expect(familiesOf(taskType, expects)).toContain(family);
  });
});
