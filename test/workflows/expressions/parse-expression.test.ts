import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../src/workflows/expressions/parse-expression.ts';
import { errorOf } from './error-of.ts';

describe('is no expression', () => {
  it.each<[string, string, number]>([
    ['', 'expected an expression, found an empty text', 0],
    ['a ==', 'this is no expression: unexpected token: the end', 4],
    ['a = 1', 'this is no expression: unexpected character: =', 2],
    ['a ? b', 'this is no expression: expected :, got the end', 5],
    ["'open", 'this is no expression: unterminated string', 0],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'this is no expression: exceeded maxDepth', 40],
    [`1${'+1'.repeat(700)}`, 'this is no expression: exceeded maxAstNodes', 0],
    [`'${'a'.repeat(3000)}'`, 'the expression has 3002 characters, and may have 2000', 0],
  ])('%s', (text, message, at) => {
    expect(errorOf(() => parseExpression(text))).toEqual({ message: expect.stringContaining(message) as string, at });
  });
});
