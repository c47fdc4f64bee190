import { expect, it } from 'vitest';
import { failedBefore } from '../../../src/orchestrator/checks/failed-before.ts';

type Given = Parameters<typeof failedBefore>[0];

const tests = (...failed: string[]): Pick<Given, 'tests' | 'counts'> => ({
  tests: failed.map((name) => ({ name, outcome: 'failed' as const })),
  counts: { passed: 3, failed: failed.length, skipped: 0 },
});
const before = (verdict: NonNullable<Given['before']>['verdict'], failing: string[] = [], why?: string) => ({
  project: 'p',
  verdict,
  failing,
  why,
});

it.each<[string, Given, ReturnType<typeof failedBefore>]>([
  ['nobody has looked', { verdict: 'failed', ...tests('a') }, { of: 'none' }],
  ['it passes', { verdict: 'passed', before: before('failed', ['a']) }, { of: 'none' }],
  ['the project passed', { verdict: 'failed', ...tests('a'), before: before('passed') }, { of: 'none' }],
  ['the same test failed', { verdict: 'failed', ...tests('a'), before: before('failed', ['a', 'b']) }, { of: 'all' }],
  ['another test failed', { verdict: 'failed', ...tests('a'), before: before('failed', ['b']) }, { of: 'none' }],
  ['one of the tests failed', { verdict: 'failed', ...tests('a', 'b'), before: before('failed', ['b']) }, { of: 'some', fresh: ['a'] }],
  [
    'not all of the tests are named',
    { verdict: 'failed', ...tests('a'), counts: { passed: 0, failed: 300, skipped: 0 }, before: before('failed', ['a']) },
    { of: 'none' },
  ],
  ['it hung', { verdict: 'timed_out', before: before('timed_out') }, { of: 'all' }],
  ['it hangs, and only failed', { verdict: 'timed_out', before: before('failed', ['a']) }, { of: 'none' }],
  [
    'the same was said, with another line',
    { verdict: 'failed', why: 'a.py:12: x', before: before('failed', [], 'a.py:7: x') },
    { of: 'all' },
  ],
  ['something else was said', { verdict: 'failed', why: 'a.py:12: x', before: before('failed', [], 'b.py:12: x') }, { of: 'none' }],
  ['nothing is known of what was said', { verdict: 'failed', why: 'x', before: before('failed') }, { of: 'none' }],
])('tells what is new of a failure where %s', (_, given, expected) => {
  expect(failedBefore(given)).toEqual(expected);
});
