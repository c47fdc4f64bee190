import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../eval/src/figures/figure-schema.ts';
import { reportPage } from '../../../eval/src/report/report-page.ts';
import { shareOf } from '../../../eval/src/report/share.ts';

const figure = (parts: Partial<Figure>): Figure => ({
  subject: 'direct',
  task: 'a/one',
  family: 'a',
  level: 'easy',
  split: 'tune',
  repeat: 1,
  seed: 1,
  status: 'answered',
  passed: 1,
  total: 4,
  read: 100,
  cached: 0,
  written: 100,
  ideal: null,
  seconds: 2,
  violations: [],
  program: 'abc',
  ...parts,
});

/** A row of the first table under a heading. */
function row(page: string, heading: string, subject: string): string[] {
  const section = page.slice(page.indexOf(heading));
  const line = section.split('\n').find((each) => each.startsWith(`| ${subject} |`));
  return (
    line
      ?.split('|')
      .map((cell) => cell.trim())
      .slice(2, -1) ?? []
  );
}

describe('the share of checks that passed', () => {
  it('is the mean over whole repeats, with the least and the most of one', () => {
    const figures = [
      figure({ repeat: 1, passed: 1 }),
      figure({ repeat: 1, task: 'a/two', passed: 3 }),
      figure({ repeat: 2, passed: 4 }),
      figure({ repeat: 2, task: 'a/two', passed: 4 }),
      figure({ repeat: 3, passed: 0 }),
    ];
    expect(shareOf(figures)).toEqual({ mean: 0.75, least: 0.5, most: 1, tasks: 2, repeats: 2 });
  });

  it('leaves out checks that were skipped, and is nothing where there are no others', () => {
    expect(shareOf([figure({}), figure({ task: 'a/two', passed: null, total: null })])).toMatchObject({ mean: 0.25, tasks: 1 });
    expect(shareOf([figure({ passed: null, total: null })])).toBeUndefined();
  });
});

describe('the report', () => {
  const figures = [
    figure({}),
    figure({ task: 'b/two', family: 'b', split: 'held-out', passed: 2 }),
    figure({
      subject: 'workflow',
      passed: 3,
      status: 'completed',
      read: 150,
      ideal: 100,
      written: 850,
      violations: ['completed-but-missing'],
    }),
    figure({
      subject: 'workflow',
      repeat: 2,
      passed: 1,
      status: 'out-of-time',
      read: 100,
      ideal: 100,
      written: 100,
      violations: ['twice-too-long', 'twice-too-long'],
    }),
  ];
  const page = reportPage({ figures: [{ model: 'some-model', figures }], tasks: [], notes: '## What was tried\n\nNothing | yet.\n' });

  it('compares subjects by split, with the spread, and with one prompt on the tasks that both have attempted', () => {
    expect(row(page, '### Checks passed', 'direct')).toEqual(['25%', '50%', '38%', '1.00 ×', '2 × 1']);
    expect(row(page, '### Checks passed', 'workflow')).toEqual(['50% (25%–75%)', '–', '50% (25%–75%)', '2.00 ×', '1 × 2']);
    expect(row(page, '### By family', 'b')).toEqual(['50%', '–']);
  });

  it('says what it cost, where it is known', () => {
    expect(row(page, '### What it costs', 'direct')).toEqual(['100', '0', '100', '?', '1.00 ×', '2']);
    expect(row(page, '### What it costs', 'workflow')).toEqual(['125', '0', '475', '1.25', '3.00 ×', '2']);
  });

  it('counts attempts in which something happened that must not', () => {
    expect(row(page, '### What must not happen', 'workflow')).toEqual(['1', '0', '0', '1', '1', '1', '2']);
  });

  it('holds what people have written of their tries as it is, and what all this does not show', () => {
    expect(page).toContain('\n## What was tried\n\nNothing | yet.\n');
    expect(page).toContain('## What this does not show');
  });
});
