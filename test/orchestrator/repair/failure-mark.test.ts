import { describe, expect, test } from 'vitest';
import { failureMark } from '../../../src/orchestrator/repair/failure-mark.ts';

describe('two failures', () => {
  test.each([
    ['in another line', 'File "tips.py", line 12, in share: 3 != 4', 'File "tips.py", line 15, in share: 3 != 4'],
    ['at another place', 'tips.js:12:5 expected 3', 'tips.js:140:22 expected 3'],
    ['after another time', 'not ok 1 - shares (12.5 ms)', 'not ok 1 - shares (9 ms)'],
    ['of another object', '<Card object at 0x7f01aa> is not 3', '<Card object at 0x7fffff> is not 3'],
    ['with other blanks', 'expected 3\n  found 4', 'expected 3 found 4 '],
  ])('are the same %s', (_, one, other) => {
    expect(failureMark(one)).toBe(failureMark(other));
  });

  test.each([
    ['in what was expected', 'expected 3, found 4', 'expected 5, found 4'],
    ['in what is missing', "KeyError: 'a'", "KeyError: 'b'"],
  ])('differ %s', (_, one, other) => {
    expect(failureMark(one)).not.toBe(failureMark(other));
  });
});
