import { describe, expect, it } from 'vitest';
import { holdsTests } from '../../../src/orchestrator/judging/holds-tests.ts';

describe('a file that is to hold tests', () => {
  it.each([
    ['test_a.py', 'def test_total():\n    assert total([]) == 0\n'],
    ['test_a.py', 'from app import total\n\nassert total([]) == 0\n'],
    ['a.test.mjs', "import assert from 'node:assert';\nassert.equal(1, 1);\n"],
    ['notes.txt', 'of which nothing can be told'],
  ])('holds some: %s %j', (path, content) => {
    expect(holdsTests(path, content)).toBe(true);
  });

  it.each([
    ['test_a.py', 'def total(lines):\n    assert lines\n    return 0\n'],
    ['test_a.py', '# assert nothing\nprint("tests")\n'],
  ])('holds none: %s %j', (path, content) => {
    expect(holdsTests(path, content)).toBe(false);
  });
});
