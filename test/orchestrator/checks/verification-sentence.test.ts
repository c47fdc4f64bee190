import { describe, expect, it } from 'vitest';
import { failureLines, type VerifiedCheck, verificationSentence } from '../../../src/orchestrator/checks/verification-sentence.ts';

type Verification = VerifiedCheck['verification'];

function check(verification: Partial<Verification>, rest: Partial<VerifiedCheck> = {}): VerifiedCheck {
  const told: Verification = { recipe: 'pytest', filesHash: '', kind: 'tests', verdict: 'passed', ...verification };
  return { command: 'pytest', exitCode: 0, durationMilliseconds: 60_000, output: '', sandbox: 'bubblewrap', ...rest, verification: told };
}

const counts = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped });

describe('a check of the work says what it has found, and never more', () => {
  it.each<[string, VerifiedCheck]>([
    ['12 of 12 tests ran and passed (fresh).', check({ counts: counts(12) })],
    ['1 of 1 test ran and passed (fresh).', check({ counts: counts(1) })],
    ['3 of 3 tests ran and passed, 2 were skipped (fresh).', check({ counts: counts(3, 0, 2) })],
    ['2 of 12 tests fail (fresh).', check({ verdict: 'failed', counts: counts(10, 2) }, { exitCode: 1 })],
    ['1 of 12 tests fails, 1 was skipped (fresh).', check({ verdict: 'failed', counts: counts(11, 1, 1) }, { exitCode: 1 })],
    ['The tests fail with exit code 2 (fresh).', check({ verdict: 'failed', counts: counts(3) }, { exitCode: 2 })],
    ['The tests fail (fresh).', check({ verdict: 'failed' }, { exitCode: undefined })],
    ['The tests pass, without a sandbox (fresh).', check({}, { sandbox: 'off' })],
    ['The type check passes (fresh).', check({ kind: 'types' })],
    // Of the other files it says nothing.
    ["The syntax check 'sh -n start.sh' passes (fresh).", check({ kind: 'syntax' }, { command: 'sh -n start.sh' })],
    [
      "The syntax check 'sh -n start.sh' was not run: sh is not on this machine.",
      check({ kind: 'syntax', verdict: 'missing_tool', why: 'sh' }, { command: 'sh -n start.sh' }),
    ],
    ['The build fails with exit code 1 (fresh).', check({ kind: 'build', verdict: 'failed' }, { exitCode: 1 })],
    ["'make test' passes (fresh).", check({ kind: 'command' }, { command: 'make test' })],
    ["'make test' passes: 3 of 3 tests ran and passed (fresh).", check({ kind: 'command', counts: counts(3) }, { command: 'make test' })],
    [
      "'make test' fails: 1 of 3 tests fails (fresh).",
      check({ kind: 'command', verdict: 'failed', counts: counts(2, 1) }, { command: 'make test' }),
    ],
    ['The tests were still running after 60.0 s and were ended (fresh).', check({ verdict: 'timed_out' })],
    ["No tests were found to run with 'pytest'.", check({ verdict: 'no_tests' })],
    [
      'The tests were not run: the package requests is not on this machine, and nothing is fetched.',
      check({ verdict: 'missing_package', why: 'requests' }),
    ],
    ['The tests were not run: cargo is not on this machine.', check({ verdict: 'missing_tool', why: 'cargo' })],
    [
      'The build was not run: this machine has no sandbox: x.',
      check({ kind: 'build', verdict: 'not_run', why: 'this machine has no sandbox: x\nand more' }),
    ],
    [
      '1 of 1 test fails (fresh). There is no network where tests run.',
      check({ verdict: 'failed', counts: counts(0, 1) }, { output: 'OSError: [Errno 101] Network is unreachable' }),
    ],
  ])('%s', (sentence, given) => {
    expect(verificationSentence(given, [])).toBe(sentence);
  });

  it('is stale where a file is another one now, and neither where it has just ended', () => {
    expect(verificationSentence(check({ counts: counts(2) }), ['a.py'])).toBe(
      '2 of 2 tests ran and passed. Stale: a.py changed since, so this does not speak for the files as they are now.',
    );
    expect(verificationSentence(check({ counts: counts(2) }))).toBe('2 of 2 tests ran and passed.');
    expect(verificationSentence(check({ verdict: 'missing_tool', why: 'go' }), ['a.go'])).toBe(
      'The tests were not run: go is not on this machine.',
    );
  });

  it('shows the beginning of what failed, and nothing of what did not', () => {
    const why = 'line\n'.repeat(50);
    expect(failureLines(check({ verdict: 'failed', why }).verification)).toHaveLength(12);
    expect(failureLines(check({ verdict: 'missing_tool', why }).verification)).toEqual([]);
  });
});
