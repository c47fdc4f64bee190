import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '../../../src/workflows/expressions/evaluate-expression.ts';
import { LazyNames } from '../../../src/workflows/expressions/lazy-names.ts';
import { errorOf } from './error-of.ts';

const scope = {
  inputs: { requirement: 'Build it.', rounds: 3 },
  list: [1, 2, 3],
  words: ['one', 'two'],
  nested: { a: { b: [{ c: 'deep' }] } },
  nothing: null,
  steps: new LazyNames((id) => (id === 'review' ? { verdict: 'approved', files: ['a.py', 'test_a.py'] } : undefined)),
};
const valueOf = (text: string) => evaluateExpression(text, scope);

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
    expect(() => evaluateExpression(text, { long, large, keyed })).toThrow('it would take too much work');
  });

  it('of a list no more is looked at than is needed', () => {
    const looked: unknown[] = [];
    const watched = new Proxy(long, {
      get: (list, name, self) => (Number.isNaN(Number(String(name))) || looked.push(name), Reflect.get(list, name, self) as unknown),
    });
    expect(evaluateExpression('watched.exists(a, true) && !watched.all(a, false)', { watched })).toBe(true);
    expect(looked).toEqual(['0', '0']);
  });

  it('an error that ends the work is not made up for by another side', () => {
    expect(() => evaluateExpression('long.all(a, long.all(b, long.all(c, true))) || true', { long })).toThrow('too much work');
  });

  it('a long part that nearly stands in a text many times is looked for in one pass', () => {
    const part = `${'a'.repeat(50_000)}b`;
    expect(evaluateExpression('large.contains(part)', { large, part })).toBe(false);
    expect(evaluateExpression('large.contains(part)', { large: `${large}b`, part })).toBe(true);
  });

  it('finds a part where the language itself finds it', () => {
    const letters = array(constantFrom('a', 'b'), { minLength: 0, maxLength: 120 }).map((all) => all.join(''));
    assert(
      property(letters, letters, nat(80), (text, other, cut) => {
        const part = `${text.slice(cut)}${other}`.slice(0, 60);
        const whole = `${other}${text}${other}`;
        expect(evaluateExpression('whole.contains(part)', { whole, part })).toBe(whole.includes(part));
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
        expect(() => errorOf(() => evaluateExpression(parts.join(' '), scope))).not.toThrow();
      }),
    );
  });
});

it('what a model wrote under any name is only a value', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "c"}') as Record<string, unknown>;
  expect(evaluateExpression('hostile.constructor', { hostile })).toBe('c');
  expect(() => evaluateExpression('list.constructor', scope)).toThrow('a list has no constructor');
  expect(() => evaluateExpression('nested.toString', scope)).toThrow('there is no toString');
  evaluateExpression('hostile', { hostile });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
