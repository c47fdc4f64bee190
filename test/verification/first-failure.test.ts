import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFailure } from '../../src/verification/first-failure.ts';

const nothing = { said: undefined, test: undefined, folder: undefined };

describe('the first failure', () => {
  it('has at most 1,200 characters, whatever was printed', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ maxLength: 2000 }), fc.constant('AssertionError: 1 != 2'.repeat(40)))), (lines) => {
        const told = firstFailure({ ...nothing, said: 'It is odd.', output: lines.join('\n') });
        expect(told.length).toBeLessThanOrEqual(1200);
        expect(told).toMatch(/^It is odd\./);
      }),
    );
  });

  it('keeps the end of an error that stands behind much output', () => {
    const output = `${'line of a log\n'.repeat(2000)}AssertionError: expected 3, got 4\n  File "a.py", line 7\n`;
    expect(firstFailure({ ...nothing, output })).toMatch(/^AssertionError: expected 3, got 4\n {2}File "a\.py", line 7\nline of a log/);
  });

  it('leaves out what belongs to Python itself, with its lines of code', () => {
    const output =
      '  File "<frozen runpy>", line 88, in _run_code\n    main(module=None)\n    ~~~~^\n  File "/r/a.py", line 1, in <module>\n    input()\nEOFError: no line\n';
    expect(firstFailure({ ...nothing, folder: '/r', output })).toBe('EOFError: no line\n  File "a.py", line 1, in <module>\n    input()');
  });

  it('prefers the message of the test to what else was printed', () => {
    const test = { name: 'adds', outcome: 'failed', message: 'AssertionError: 3 != 4' } as const;
    expect(firstFailure({ ...nothing, test, output: 'Error: something else' })).toBe('adds failed\nAssertionError: 3 != 4');
  });

  it('looks at what was printed where the message says nothing', () => {
    const test = { name: 'a.test.js', outcome: 'failed', message: 'test failed' } as const;
    expect(firstFailure({ ...nothing, test, output: 'SyntaxError: Unexpected token' })).toBe(
      'a.test.js failed\nSyntaxError: Unexpected token\ntest failed',
    );
  });
});
