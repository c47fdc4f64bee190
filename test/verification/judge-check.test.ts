import { describe, expect, it } from 'vitest';
import { type EndedCheck, judgeCheck } from '../../src/verification/judge-check.ts';
import type { PlannedCheck } from '../../src/verification/planned-check.ts';
import { readJUnit } from '../../src/verification/reports/read-junit.ts';
import type { TestResults } from '../../src/verification/test-results.ts';

const planned: PlannedCheck = { recipe: 'some', kind: 'tests', command: 'run tests', tools: ['runner', 'helper'] };

function judge(ran: Partial<EndedCheck>, results?: Partial<TestResults>, check: Partial<PlannedCheck> = {}) {
  const told = results && { passed: 0, failed: 0, skipped: 0, tests: [], ...results };
  return judgeCheck({ ...planned, readResults: () => told, ...check }, { outcome: 'passed', exitCode: 0, output: '', ...ran });
}

const failed = { outcome: 'failed', exitCode: 1 } as const;
const wrong = { name: 'adds', outcome: 'failed', message: 'AssertionError: 3 != 4' } as const;
const lacking = { name: 'loads', outcome: 'failed', message: "ModuleNotFoundError: No module named 'absent'" } as const;
const findObstacle: PlannedCheck['findObstacle'] = (text) =>
  text.includes("'absent'") ? { kind: 'missing_package', name: 'absent' } : undefined;

describe('the end of a check', () => {
  it('is a pass with exit code 0 and a test that ran', () => {
    expect(judge({}, { passed: 2, skipped: 1 })).toMatchObject({ kind: 'passed', results: { passed: 2, failed: 0, skipped: 1 } });
  });

  it('is no pass where no test ran', () => {
    expect(judge({}, {})).toEqual({ kind: 'no_tests' });
    expect(judge({}, { skipped: 3 })).toEqual({ kind: 'no_tests' });
  });

  it('is no pass where the results are not there', () => {
    expect(judge({ output: '12 passed in 0.1s' })).toMatchObject({
      kind: 'failed',
      firstFailure: expect.stringContaining('something in the files ends the process'),
    });
  });

  it('is no pass where the report tells of a failure, whatever the exit code', () => {
    expect(judge({}, { passed: 1, failed: 1, tests: [wrong] })).toMatchObject({
      kind: 'failed',
      firstFailure: expect.stringContaining('3 != 4'),
    });
  });

  it('is no pass with another exit code, whatever the report says', () => {
    const verdict = judge({ outcome: 'failed', exitCode: 3, output: '12 passed' }, { passed: 12 });
    expect(verdict).toMatchObject({
      kind: 'failed',
      firstFailure: expect.stringMatching(/^No test failed, and yet the command ended with exit code 3\./),
    });
  });

  it('is no pass where a signal ended it', () => {
    const verdict = judge({ outcome: 'failed', exitCode: undefined }, { passed: 12 });
    expect(verdict).toMatchObject({ kind: 'failed', firstFailure: expect.stringContaining('ended with a signal') });
  });

  it('of anything but tests is its exit code', () => {
    expect(judge({}, undefined, { kind: 'build' })).toEqual({ kind: 'passed' });
    expect(judge({ ...failed, output: 'a.c:1:2: error: no' }, undefined, { kind: 'build' })).toEqual({
      kind: 'failed',
      firstFailure: 'a.c:1:2: error: no',
    });
  });

  it('says nothing of the files where a package is missing', () => {
    expect(judge(failed, { failed: 1, tests: [lacking] }, { findObstacle })).toEqual({ kind: 'missing_package', name: 'absent' });
    expect(judge({ ...failed, output: "No module named 'absent'" }, undefined, { findObstacle })).toEqual({
      kind: 'missing_package',
      name: 'absent',
    });
  });

  it('is a failure where a package is missing and another test fails by itself', () => {
    const verdict = judge(failed, { failed: 2, tests: [lacking, wrong] }, { findObstacle });
    expect(verdict).toMatchObject({ kind: 'failed', firstFailure: expect.stringMatching(/^adds failed\nAssertionError: 3 != 4/) });
  });

  it.each([
    ['sh: 1: helper: not found', 'helper'],
    ['/bin/sh: line 1: runner: command not found', 'runner'],
  ])('names the tool that is missing: %s', (output, tool) => {
    expect(judge({ outcome: 'failed', exitCode: 127, output })).toEqual({ kind: 'missing_tool', tool });
  });

  it('is a failure where a program of the tests is missing', () => {
    expect(judge({ outcome: 'failed', exitCode: 127, output: 'sh: 1: my-tool: not found' })).toMatchObject({ kind: 'failed' });
  });

  it.each<[Partial<EndedCheck>, unknown]>([
    [{ outcome: 'timed_out' }, { kind: 'timed_out' }],
    [{ outcome: 'stopped' }, { kind: 'not_run', why: 'it was stopped' }],
    [
      { outcome: 'not_started', output: 'no sandbox here\nmore' },
      { kind: 'not_run', why: 'no sandbox here' },
    ],
    [{ outcome: 'not_started' }, { kind: 'not_run', why: 'it could not be started' }],
    [
      { outcome: 'failed', exceeded: 'memory' },
      { kind: 'failed', firstFailure: 'It used too much memory and was ended.' },
    ],
    [
      { outcome: 'failed', exceeded: 'processes' },
      { kind: 'failed', firstFailure: 'It started too many processes and was ended.' },
    ],
    [
      { outcome: 'failed', exitCode: 2 },
      { kind: 'failed', firstFailure: 'The command failed and printed nothing.' },
    ],
  ])('%j', (ran, verdict) => {
    expect(judge(ran)).toEqual(verdict);
  });

  it('of a program that is a test by itself is told as one test', () => {
    const single = { singleTest: 'test.py', readResults: undefined };
    expect(judge({ output: '12 passed' }, undefined, single)).toMatchObject({ kind: 'passed', results: { passed: 1, failed: 0 } });
    expect(judge({ ...failed, output: 'AssertionError' }, undefined, single)).toMatchObject({
      kind: 'failed',
      results: { passed: 0, failed: 1 },
    });
  });

  it('keeps few tests of many, those that failed first, with short names that are safe to show', () => {
    const cases = Array.from({ length: 5000 }, (_, at) => `<testcase name="ok ${at}"/>`).join('');
    const name = `bad \u001b[31m\u202e${'x'.repeat(500)}`;
    const report = `<testsuite>${cases}<testcase name="${name}"><failure message="no"/></testcase></testsuite>`;
    const verdict = judge({ ...failed, report }, undefined, { readResults: (source) => readJUnit(source.report) });
    if (verdict.kind !== 'failed') throw new Error(verdict.kind);
    expect(verdict.results).toMatchObject({ passed: 5000, failed: 1 });
    expect(verdict.results?.tests).toHaveLength(200);
    const [first] = verdict.results!.tests;
    expect(first?.name).toMatch(/^bad \\u\{202e\}x+…$/);
    expect(first!.name.length).toBeLessThanOrEqual(200);
  });

  it('names no folder of the machine', () => {
    const folder = '/srv/jo doe/shop/run';
    const message = `Error: no\n  File "${folder}/test_a.py", line 3\n  at file:///srv/jo%20doe/shop/run/b.js:1:2\n/usr/lib/thing/x.py`;
    const verdict = judge({ ...failed, folder }, { failed: 1, tests: [{ ...wrong, name: `${folder}/a.js`, message }] });
    expect(JSON.stringify(verdict)).not.toMatch(/jo|usr/);
    expect(verdict).toMatchObject({ firstFailure: 'a.js failed\nError: no\n  File "test_a.py", line 3\n  at b.js:1:2\n…/thing/x.py' });
  });
});
