import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../scripts/error-catalogue.ts';
import { readFile } from '../../scripts/error-sites.ts';

const catalogueOf = (...texts: string[]) => errorCatalogue(texts.map((text, index) => readFile(`room/file-${index}.ts`, text)));
const told = (...texts: string[]) =>
  catalogueOf(...texts).flatMap(({ code, told: all }) => all.map(({ sentence, hint, exitCode }) => [code, exitCode, sentence, hint]));

describe('errorCatalogue', () => {
  it.each([
    [
      'with what is filled in as an ellipsis',
      "throw new MultiagentError({ code: 'a.b', category: 'usage', message: `No ${name} in ${where()}.`, hint: 'Mend it.' });",
      [['a.b', 2, 'No … in ….', 'Mend it.']],
    ],
    ['without a hint', "throw new MultiagentError({ code: 'a.b', message: 'Lost.' });", [['a.b', 1, 'Lost.', undefined]]],
    [
      'of a model, which has an exit code of its own',
      "class ModelError extends MultiagentError {} throw new ModelError({ kind: 'transient', code: 'a.b', message: 'Lost.' });",
      [['a.b', 3, 'Lost.', undefined]],
    ],
    [
      'of a class of its own',
      "class Held extends MultiagentError { constructor() { super({ code: 'a.b', message: 'Held.' }); } }",
      [['a.b', 1, 'Held.', undefined]],
    ],
    [
      'of both sides of a condition',
      "const error = { code: taken ? 'a.taken' : 'a.lost', message: taken ? 'Taken.' : 'Lost.' };",
      [
        ['a.lost', 1, 'Lost.', undefined],
        ['a.taken', 1, 'Taken.', undefined],
      ],
    ],
    [
      'of a function, once for each of its calls',
      `function refused(code: string, message: string) { return new MultiagentError({ code: \`a.\${code}\`, message }); }
       throw refused('b', 'First.'); throw refused('c', \`Second \${x}.\`);`,
      [
        ['a.b', 1, 'First.', undefined],
        ['a.c', 1, 'Second ….', undefined],
      ],
    ],
    [
      'of a parameter that lists its words',
      "const end = (ended: 'limit' | 'time') => ({ code: `loop.${ended}`, message: 'Ended.' });",
      [
        ['loop.limit', 1, 'Ended.', undefined],
        ['loop.time', 1, 'Ended.', undefined],
      ],
    ],
    [
      'of a table',
      `const codes = { one: 'one.lost', two: 'two.lost' } as const;
       function lost(what: 'one' | 'two') { return new MultiagentError({ code: codes[what], message: \`The \${what} is lost.\` }); }
       throw lost('two');`,
      [['two.lost', 1, 'The two is lost.', undefined]],
    ],
    [
      'whose parts come from another object',
      `function broken(message: string, options: { hint: string }) { return new MultiagentError({ code: 'a.b', message, ...options }); }
       throw broken('Broken.', { hint: 'Again.' });`,
      [['a.b', 1, 'Broken.', 'Again.']],
    ],
    [
      'whose code comes from another object',
      "throw new MultiagentError({ ...(x ? { category: 'stopped', code: 'a.b' } : { category: 'model', code: 'a.c' }), message: 'No.' });",
      [
        ['a.b', 130, 'No.', undefined],
        ['a.c', 3, 'No.', undefined],
      ],
    ],
    [
      'whose parameter is left out',
      "function no(why: string, { hint = 'Usual.' } = {}) { return { code: 'a.b', message: why, hint }; } no('No.');",
      [['a.b', 1, 'No.', 'Usual.']],
    ],
  ])('finds an error %s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('follows a function into the files that import it, and into no others', () => {
    const made = "export function no(message: string) { return new MultiagentError({ code: 'a.b', message }); }";
    const caller = "import { no } from './file-0.ts'; throw no('From there.');";
    const namesake = "import { no } from './other.ts'; throw no('Another one.');";
    expect(told(made, caller, namesake)).toEqual([['a.b', 1, 'From there.', undefined]]);
  });

  it.each([
    ['hands an error on', 'const { code, message } = error; throw new MultiagentError({ code, message });'],
    ['hands an error on with other words', 'throw new MultiagentError({ code: error.code, message: `Below: ${error.message}` });'],
    ['is a schema', 'const shape = z.object({ code: z.string(), message: z.string() });'],
    ['is made for another class', "throw new Refusal(404, { code: 'a.b', message: 'No.' });"],
    ['says nothing', "const part = { code: 'a.b', lines: 3 };"],
  ])('finds none in code that %s', (_, text) => {
    expect(catalogueOf(text)).toEqual([]);
  });

  it.each([
    ['put together', 'throw new MultiagentError({ code: `a.${reason()}`, message });'],
    ['computed', 'throw new MultiagentError({ code: codeFor(x), message });'],
  ])('refuses a code that is %s, and names the place', (_, text) => {
    expect(() => catalogueOf(text)).toThrow(/^room\/file-0\.ts:1: a code that cannot be read in the source: .*Write it out\.$/);
  });
});
