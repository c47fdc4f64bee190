import { anything, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLiteral, isLiteralCall, leadingLiteral } from '../../../src/agents/examples/literal.ts';

describe('a literal', () => {
  it.each([
    '7',
    '-0.5',
    '1e-3',
    '"a b"',
    "'it\\'s'",
    '[1, "2", [3]]',
    '(1, 2)',
    '(1,)',
    '{"a": 1, b: [2]}',
    '{}',
    'True',
    'null',
    'undefined',
    ' [ 1 , 2 ] ',
  ])('%s is one value', (text) => {
    expect(isLiteral(text)).toBe(true);
  });

  it.each([
    '',
    'a',
    '1 + 2',
    'f(1)',
    '[a]',
    '"a',
    '"a" + "b"',
    '[1, 2',
    '1 2',
    '__import__("os")',
    '[1][0]',
    '{"a": b}',
    '`a`',
    'x => 1',
    '[1,,]',
  ])('%j is none', (text) => {
    expect(isLiteral(text)).toBe(false);
  });

  it('is found for whatever JSON can say', () => {
    const text = anything({ maxDepth: 8, withDate: false }).map((value) => JSON.stringify(value) ?? 'null');
    assert(
      property(text, (written) => {
        expect(isLiteral(written)).toBe(true);
      }),
    );
  });

  it('is not looked for in brackets without end', () => {
    expect(isLiteral('['.repeat(200_000))).toBe(false);
    expect(isLiteral(`${'['.repeat(50)}${']'.repeat(50)}`)).toBe(false);
  });

  it('at the beginning of words is told from them', () => {
    expect(leadingLiteral(' 1, and the rest')).toBe('1');
    expect(leadingLiteral('"a" then')).toBe('"a"');
    expect(leadingLiteral('nothing')).toBe(undefined);
  });
});

describe('a call of values', () => {
  it.each(['share(7, 2)', 'new Card("a")', 'f([1, 2], times=3)', "mirror(['#.'])"])('%s is one', (text) => {
    expect(isLiteralCall(text)).toBe(true);
  });

  it.each(['share(total, 2)', 'share()', 'a.b(1)', 'share(1).more', 'share(g(1))', 'share'])('%s is none', (text) => {
    expect(isLiteralCall(text)).toBe(false);
  });
});
