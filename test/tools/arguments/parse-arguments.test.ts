import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseArguments } from '../../../src/tools/arguments/parse-arguments.ts';

const tool = {
  name: 'look',
  parameters: z.object({
    path: z.string().min(1, 'it must not be empty'),
    first_line: z.number('it must be a whole number').int('it must be a whole number').min(1, 'lines are counted from 1').default(1),
    all: z.boolean('it must be true or false').default(false),
    how: z.enum(['short', 'long'], 'it must be "short" or "long"').optional(),
  }),
};
const usage = 'The call looks like this: look("path", first_line?, all?, "short" | "long"?)';
const fromJson = (text: string) => parseArguments(tool, { kind: 'json', text });
const fromValues = (positional: readonly unknown[], named: Record<string, unknown> = {}) =>
  parseArguments(tool, { kind: 'values', positional, named });

describe('the arguments of a call', () => {
  it.each([
    ['JSON', fromJson('{"path": "a", "first_line": 3, "how": "long"}'), { path: 'a', first_line: 3, all: false, how: 'long' }],
    ['values in order', fromValues(['a', 3, true]), { path: 'a', first_line: 3, all: true }],
    ['names', fromValues([], { path: 'a', how: 'short' }), { path: 'a', first_line: 1, all: false, how: 'short' }],
    ['both', fromValues(['a'], { first_line: 9 }), { path: 'a', first_line: 9, all: false }],
    [
      'numbers and truths in quotes',
      fromJson('{"path": "a", "first_line": "12", "all": "true"}'),
      { path: 'a', first_line: 12, all: true },
    ],
    ['a number as a text', fromValues([404]), { path: '404', first_line: 1, all: false }],
    ['null for what is not given', fromJson('{"path": "a", "first_line": null, "how": null}'), { path: 'a', first_line: 1, all: false }],
  ])('are understood as %s', (_, parsed, expected) => {
    expect(parsed).toEqual({ kind: 'valid', arguments: expected });
  });

  it.each([
    ['nothing', fromJson(''), "'path' is missing."],
    ['no JSON', fromJson('{"path": '), 'The arguments are no JSON.'],
    ['a list', fromJson('["a"]'), 'The arguments are no JSON object.'],
    ['null', fromJson('null'), 'The arguments are no JSON object.'],
    ['a megabyte', fromJson(`{"path": "${'a'.repeat(1_000_000)}"}`), 'The arguments are longer than 100000 characters.'],
    ['an unknown name', fromJson('{"path": "a", "encoding": "utf8"}'), "look has no argument 'encoding'."],
    ['a name of every object', fromJson('{"path": "a", "__proto__": {"all": true}}'), "look has no argument '__proto__'."],
    ['a name that hides text', fromJson(`{"path": "a", "\\u001b[2Jx": 1}`), String.raw`look has no argument '\u{1b}[2Jx'.`],
    ['too many values', fromValues(['a', 1, true, 'long', 5]), 'It takes at most 4 arguments, and there are 5.'],
    ['a value twice', fromValues(['a'], { path: 'b' }), "'path' is given twice."],
    ['a text for a number', fromValues(['a', 'ten']), "'first_line' is 'ten': it must be a whole number."],
    ['a number below the least', fromValues(['a', 0]), "'first_line' is 0: lines are counted from 1."],
    ['an object for a text', fromJson('{"path": {"a": 1}}'), "'path' is an object: Invalid input: expected string, received object."],
    ['a list for a text', fromValues([['a']]), "'path' is a list: Invalid input: expected string, received array."],
    ['another word than those to choose from', fromValues(['a'], { how: 'wide' }), `'how' is 'wide': it must be "short" or "long".`],
    ['null for what is needed', fromJson('{"path": null}'), "'path' is missing."],
  ])('that are %s are told to the model in a sentence, with what is expected', (_, parsed, message) => {
    expect(parsed).toEqual({ kind: 'invalid', message: `${message} ${usage}` });
  });

  it('are never thrown at, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.array(fc.anything()), (text, positional) => {
        expect(['valid', 'invalid']).toContain(fromJson(text).kind);
        expect(['valid', 'invalid']).toContain(fromValues(positional).kind);
      }),
    );
  });
});
