import { describe, expect, it } from 'vitest';
import { wholeItems } from '../../../src/files/findings/whole-items.ts';

describe('a file that breaks off', () => {
  it.each([
    [
      'ends after its last whole function',
      'test_a.py',
      'import a\n\n\ndef test_one():\n    assert a.f(1) == 2\n\n\ndef test_two():\n    assert a.f(',
      'import a\n\n\ndef test_one():\n    assert a.f(1) == 2\n',
    ],
    [
      'does not end in the middle of one that parses by chance',
      'test_a.py',
      'def test_one():\n    assert f(1) == 2\n\n\ndef test_two():\n    with open(name) as file:\n        lines\n',
      'def test_one():\n    assert f(1) == 2\n',
    ],
    [
      'has the group around its tests closed',
      'a.test.js',
      "describe('a', () => {\n  it('adds', () => {\n    f(1);\n  });\n\n  it('takes', () => {\n    f(",
      "describe('a', () => {\n  it('adds', () => {\n    f(1);\n  });\n});\n",
    ],
    [
      'has the class around its methods closed',
      'ATest.java',
      'class ATest {\n  void one() {\n    f();\n  }\n\n  void two() {\n    f(',
      'class ATest {\n  void one() {\n    f();\n  }\n}\n',
    ],
  ])('%s', async (_, path, content, expected) => {
    expect(await wholeItems({ path, content })).toBe(expected);
  });

  it.each([
    ['no whole part', 'a.py', 'def f(:\n  x ='],
    ['a kind whose syntax nobody checks', 'a.txt', 'one\n\ntwo'],
  ])('stays as it is where there is %s', async (_, path, content) => {
    expect(await wholeItems({ path, content })).toBeUndefined();
  });
});
