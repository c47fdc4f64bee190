import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFigures, updateFigures } from '../../../eval/src/figures/figures-files.ts';
import type { Result } from '../../../eval/src/results/result-schema.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const result = (parts: Partial<Result>): Result => ({
  version: 1,
  subject: 'direct',
  model: 'maker/some-model',
  task: 'a/one',
  family: 'a',
  level: 'easy',
  split: 'tune',
  repeat: 1,
  seed: 1,
  status: 'answered',
  exit_code: null,
  error: null,
  seconds: 1,
  tokens: { read: 1, cached: null, written: 3, ideal: null },
  sampling: {},
  replies: [],
  files: [],
  violations: [{ kind: 'twice-too-long', note: 'x' }],
  check: { kind: 'scored', passed: 1, total: 2 },
  program: 'abc',
  began_at: '2026-01-01T00:00:00.000Z',
  ...parts,
});

describe('the figures in the repository', () => {
  it('take the place of those of the same attempt and leave the others, in an order that does not depend on who came first', () => {
    const folder = temporaryFolder();
    updateFigures(folder, [result({ repeat: 10 }), result({ repeat: 2 }), result({ subject: 'aider' })]);
    const before = readFileSync(join(folder, 'maker-some-model.json'), 'utf8');
    updateFigures(folder, [result({ repeat: 2, check: { kind: 'scored', passed: 2, total: 2 } }), result({ model: 'other' })]);
    const [known, other] = readFigures(folder);
    expect(known?.figures.map(({ subject, repeat, passed }) => [subject, repeat, passed])).toEqual([
      ['aider', 1, 1],
      ['direct', 2, 2],
      ['direct', 10, 1],
    ]);
    expect(other).toMatchObject({ model: 'other', figures: [{ violations: ['twice-too-long'], read: 1, cached: null, written: 3 }] });
    const changed = readFileSync(join(folder, 'maker-some-model.json'), 'utf8').split('\n');
    expect(before.split('\n').filter((line, index) => line !== changed[index])).toHaveLength(1);
  });

  it('leave out attempts whose check broke: nothing is known of them', () => {
    const folder = temporaryFolder();
    updateFigures(folder, [
      result({ check: { kind: 'broken', reason: 'x' } }),
      result({ repeat: 2, check: { kind: 'skipped', reason: 'x' } }),
    ]);
    expect(readFigures(folder)[0]?.figures).toMatchObject([{ repeat: 2, passed: null, total: null }]);
  });
});
