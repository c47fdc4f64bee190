import { describe, expect, it } from 'vitest';
import { checkExpression } from '../../../src/workflows/expressions/check-expression.ts';
import type { ExpressionNames } from '../../../src/workflows/expressions/expression-type.ts';
import { errorOf } from './error-of.ts';

describe('finds wrong names and types before anything runs', () => {
  const names: ExpressionNames = {
    inputs: { names: { requirement: 'text', rounds: 'number' } },
    vars: 'map',
    steps: { names: { review: { names: { verdict: 'text', files: { list: 'text' }, json: 'any', status: 'text' } } } },
  };
  it.each<[string, string, number]>([
    ['step.review.verdict', 'the name step is not known; did you mean steps?', 0],
    ["steps.reveiw.verdict == 'approved'", 'in steps the name reveiw is not known; did you mean review?', 6],
    ["steps['reveiw'].verdict", 'in steps the name reveiw is not known; did you mean review?', 6],
    ['steps.review.verdikt', 'in steps.review the name verdikt is not known; did you mean verdict?', 13],
    ['steps.review.status.x', 'a text has no x', 20],
    ['steps.review.verdict == 1', 'a text is never equal to a number', 0],
    ['inputs.rounds.contains("a")', 'contains expects a text, and this is a number', 0],
    ["inputs.rounds + 'a'", '+ cannot be used with a number and a text', 0],
    ['steps.review.verdict && true', '&& expects true or false, and this is a text', 0],
    ['!inputs.rounds', '! expects true or false, and this is a number', 1],
    ['steps.review.files.contains("a")', 'contains expects a text, and this is a list', 0],
    ['1 in steps.review.files', 'in cannot be used with a number and a list', 0],
    ['steps.review.files["a"]', 'the place in a list expects a number, and this is a text', 19],
    ['steps.review.files.exists(f, f)', 'exists expects true or false, and this is a text', 29],
    ['steps.review.files.exists(g, f == "a")', 'the name f is not known', 29],
    ['inputs.rounds.map(x, x)', 'map goes over a list, and this is a number', 0],
    [
      "steps.review.status.matches('a+')",
      'matches is not supported, since a pattern can take without end; use contains, startsWith or endsWith',
      0,
    ],
    ["steps.review.status.contain('a')", 'there is no function contain; did you mean contains?', 0],
    ['now()', 'there is no function now', 0],
    ['size()', 'size takes any value between its brackets', 0],
    ['has(inputs)', 'has expects a name behind a dot', 0],
    ["inputs.rounds ? 'a' : 'b'", 'what stands before "?" expects true or false, and this is a number', 0],
    ['inputs.rounds < "a"', '< cannot be used with a number and a text', 0],
  ])('%s', (text, message, at) => {
    expect(errorOf(() => checkExpression(text, names))).toEqual({ message: expect.stringContaining(message) as string, at });
  });

  it('asks of a condition that it can be true or false', () => {
    expect(() => checkExpression('inputs.rounds', names, 'boolean')).toThrow('expected true or false, found a number');
    expect(checkExpression('steps.review.json.ok', names, 'boolean')).toBe('any');
    expect(checkExpression('vars.anything && steps.review.json.list.exists(x, x.b > inputs.rounds)', names, 'boolean')).toBe('boolean');
  });
});
