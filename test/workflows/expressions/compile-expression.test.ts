import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../../src/workflows/expressions/compile-expression.ts';
import { ExpressionError } from '../../../src/workflows/expressions/expression-error.ts';
import type { ExpressionNames } from '../../../src/workflows/expressions/expression-type.ts';
import { LazyNames } from '../../../src/workflows/expressions/lazy-names.ts';

const scope = {
  inputs: { requirement: 'Build it.', rounds: 3 },
  list: [1, 2, 3],
  words: ['one', 'two'],
  nested: { a: { b: [{ c: 'deep' }] } },
  nothing: null,
  steps: new LazyNames((id) => (id === 'review' ? { verdict: 'approved', files: ['a.py', 'test_a.py'] } : undefined)),
};
/** What is said of an expression, and the place. Anything that is no error of an expression is thrown. */
function errorOf(work: () => unknown): { message: string; at: number } | undefined {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { message: error.message, at: error.at };
  }
  return undefined;
}

const valueOf = (text: string) => compileExpression(text).evaluate(scope);

describe('evaluates', () => {
  it.each<[string, unknown]>([
    ["steps.review.verdict == 'approved'", true],
    ["steps.review.verdict != 'approved'", false],
    ["steps.review.files.exists(file, file.startsWith('test_'))", true],
    ["steps.review.files.all(file, file.endsWith('.py')) && inputs.rounds >= 3", true],
    ["steps.review.files.filter(f, f.contains('test'))", ['test_a.py']],
    ["steps.review.files.map(f, size(f) > 4, f + '!')", ['test_a.py!']],
    ['list.exists_one(n, n == 2)', true],
    ['inputs.rounds + 1', 4],
    ['inputs.rounds * 1.5', 4.5],
    ['7 % 4 - 1', 2],
    ['list[0] + list[2]', 4],
    ["nested.a.b[0].c + 'er'", 'deeper'],
    ['2 in list', true],
    ["'a' in nested", true],
    ["'b' in nested", false],
    ['has(nested.a) && !has(nested.x)', true],
    ['has(inputs.requirement)', true],
    ['nothing == null', true],
    ["words.join(', ')", 'one, two'],
    ["'a-b'.split('-')", ['a', 'b']],
    ["' Ää '.trim().lowerAscii()", 'Ää'],
    ["int('12') + int(3.9)", 15],
    ["string(3) + '/' + string(true)", '3/true'],
    ["inputs.rounds > 2 ? 'many' : 'few'", 'many'],
    ["{'a': [1, 2]}.a == [1, 2]", true],
    ["[1, 'a'] == [1, 'a']", true],
    ["size('a\u{1F600}')", 2],
    // The side that decides, decides.
    ["nested.missing == 1 || steps.review.verdict == 'approved'", true],
    ["steps.review.verdict == 'other' && nested.missing == 1", false],
    ["words.exists(w, w == 'one' || w < 3)", true],
  ])('%s', (text, expected) => expect(valueOf(text)).toEqual(expected));
});

describe('says why there is no value', () => {
  it.each([
    ['nested.missing', 'there is no missing'],
    ['nothing.a', 'null has no a'],
    ['list[3]', 'the list has 3 values, and none at this place'],
    ["inputs.rounds + 'a'", '+ cannot be used with a number and a text'],
    ['inputs.requirement && true', '&& expects true or false, and this is a text'],
    ['1 / 0', 'it divides by zero'],
    ["int('x')", 'expected a number, or a text that is one'],
    ["list.join(', ')", 'join expects a list of texts'],
    ['steps', 'the value is no data; name what you need of it'],
    ['steps == {}', 'what is compared is no data; name what you need of it'],
    ['size(steps)', 'size expects a text, a list, or keys with values'],
    ["b'abc'", 'bytes are not supported'],
    ['9007199254740993', 'the number is too large'],
  ])('%s', (text, message) => expect(() => valueOf(text)).toThrow(message));
});

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
    expect(errorOf(() => compileExpression(text))).toEqual({ message: expect.stringContaining(message) as string, at });
  });
});

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
    expect(errorOf(() => compileExpression(text).check(names))).toEqual({ message: expect.stringContaining(message) as string, at });
  });

  it('asks of a condition that it can be true or false', () => {
    expect(() => compileExpression('inputs.rounds').check(names, 'boolean')).toThrow('expected true or false, found a number');
    expect(compileExpression('steps.review.json.ok').check(names, 'boolean')).toBe('any');
    expect(compileExpression('vars.anything && steps.review.json.list.exists(x, x.b > inputs.rounds)').check(names, 'boolean')).toBe(
      'boolean',
    );
  });
});

describe('no expression can hang or take all memory', () => {
  const long = Array.from({ length: 5000 }, (_, index) => index);
  const large = 'a'.repeat(100_000);
  const keyed = Object.fromEntries(long.map((index) => [`key_${index}`, index]));
  it.each([
    ['lists within lists within lists', 'long.map(a, long.map(b, long.map(c, a + b + c)))'],
    ['conditions over them', 'long.all(a, long.all(b, long.all(c, a + b + c >= 0)))'],
    ['a large text, many times', 'long.map(a, large + large)'],
    ['the same text in many places', `[${Array.from({ length: 200 }, () => 'large').join(', ')}]`],
    ['comparisons of large values', 'long.exists(a, [large, a] == [large, 0 - 1])'],
    ['texts taken apart', 'long.map(a, large.split(""))'],
    ['keys counted again and again', 'long.all(a, size(keyed) > 0)'],
    ['keys compared again and again', 'long.all(a, keyed != {})'],
    ['keys gone over again and again', 'long.all(a, keyed.exists(name, true))'],
  ])('%s', (_, text) => {
    expect(() => compileExpression(text).evaluate({ long, large, keyed })).toThrow('it would take too much work');
  });

  it('of a list no more is looked at than is needed', () => {
    const looked: unknown[] = [];
    const watched = new Proxy(long, {
      get: (list, name, self) => (Number.isNaN(Number(String(name))) || looked.push(name), Reflect.get(list, name, self) as unknown),
    });
    expect(compileExpression('watched.exists(a, true) && !watched.all(a, false)').evaluate({ watched })).toBe(true);
    expect(looked).toEqual(['0', '0']);
  });

  it('an error that ends the work is not made up for by another side', () => {
    expect(() => compileExpression('long.all(a, long.all(b, long.all(c, true))) || true').evaluate({ long })).toThrow('too much work');
  });

  it('a long part that nearly stands in a text many times is looked for in one pass', () => {
    const part = `${'a'.repeat(50_000)}b`;
    expect(compileExpression('large.contains(part)').evaluate({ large, part })).toBe(false);
    expect(compileExpression('large.contains(part)').evaluate({ large: `${large}b`, part })).toBe(true);
  });

  it('finds a part where the language itself finds it', () => {
    const letters = array(constantFrom('a', 'b'), { minLength: 0, maxLength: 120 }).map((all) => all.join(''));
    assert(
      property(letters, letters, nat(80), (text, other, cut) => {
        const part = `${text.slice(cut)}${other}`.slice(0, 60);
        const whole = `${other}${text}${other}`;
        expect(compileExpression('whole.contains(part)').evaluate({ whole, part })).toBe(whole.includes(part));
      }),
    );
  });

  it('whatever is written, there is a value or an error with words', () => {
    const tokens = constantFrom(
      'steps',
      'list',
      '.',
      'a',
      '(',
      ')',
      '[',
      ']',
      ',',
      '+',
      '==',
      '&&',
      '?',
      ':',
      '!',
      '-',
      '1',
      "'x'",
      'x',
      'map',
      'exists',
      'in',
      '{',
      '}',
      'has',
      'size',
    );
    assert(
      property(array(tokens, { maxLength: 30 }), (parts) => {
        expect(() => errorOf(() => compileExpression(parts.join(' ')).evaluate(scope))).not.toThrow();
      }),
    );
  });
});

it('what a model wrote under any name is only a value', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "c"}') as Record<string, unknown>;
  expect(compileExpression('hostile.constructor').evaluate({ hostile })).toBe('c');
  expect(() => compileExpression('list.constructor').evaluate(scope)).toThrow('a list has no constructor');
  expect(() => compileExpression('nested.toString').evaluate(scope)).toThrow('there is no toString');
  compileExpression('hostile').evaluate({ hostile });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
