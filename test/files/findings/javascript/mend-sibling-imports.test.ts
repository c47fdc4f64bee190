import { describe, expect, it } from 'vitest';
import { mendSiblingImports } from '../../../../src/files/findings/javascript/mend-sibling-imports.ts';

const tent = 'export function pitch() {}\nexport class Tent {}\n';
const camp = 'export default function camp() {}\nexport const fire = 1;\n';
const rope = 'function knot() {}\nfunction cut() {}\nmodule.exports = { knot, cut };\n';
const siblings = [
  { path: 'src/tent.js', content: tent },
  { path: 'src/camp.js', content: camp },
  { path: 'src/rope.js', content: rope },
  { path: 'src/whole.js', content: "export * from './tent.js';\n" },
];

async function mended(...lines: string[]): Promise<string[] | undefined> {
  const file = await mendSiblingImports({ path: 'src/trip.test.js', content: `${lines.join('\n')}\n`, siblings });
  return file?.content.trimEnd().split('\n');
}

describe('an import of a file beside this one', () => {
  it.each([
    [
      'takes by name what is no default',
      ["import Tent from './tent.js';", 'new Tent();'],
      ["import { Tent } from './tent.js';", 'new Tent();'],
    ],
    [
      'keeps what it takes by name already',
      ["import Tent, { pitch } from './tent.js';", 'pitch(Tent);'],
      ["import { Tent, pitch } from './tent.js';", 'pitch(Tent);'],
    ],
    [
      'takes by name from a file that is required, of either kind of module',
      ["const knot = require('./rope');", "const Tent = require('./tent');", 'knot(Tent);'],
      ["const { knot } = require('./rope');", "const { Tent } = require('./tent');", 'knot(Tent);'],
    ],
    [
      'takes what is used and was forgotten',
      ["import { pitch } from './tent.js';", 'pitch(new Tent());'],
      ["import { pitch, Tent } from './tent.js';", 'pitch(new Tent());'],
    ],
    [
      'takes both at once',
      ["const pitch = require('./tent');", 'pitch(new Tent());'],
      ["const { pitch, Tent } = require('./tent');", 'pitch(new Tent());'],
    ],
  ])('%s', async (_, lines, expected) => expect(await mended(...lines)).toEqual(expected));

  it.each<[string, string[], string?]>([
    ['takes the default', ["import camp from './camp.js';", 'camp();']],
    ['takes what the file exports', ["import { Tent } from './tent.js';", 'new Tent();']],
    ['names all of a file', ["const rope = require('./rope');", 'rope.knot();']],
    ['names all of a file by the name of a part', ["const knot = require('./rope');", 'knot.knot();']],
    ['takes all of a file', ["import * as pitch from './tent.js';", 'pitch.pitch();']],
    ['is of a file of which nobody knows what it exports', ["import pitch from './whole.js';", 'pitch();']],
    ['is of a file that is not there', ["import pitch from './far.js';", 'pitch();']],
    ['is of types', ["import type { Tent } from './tent.js';", 'pitch(undefined as Tent | undefined);'], 'src/trip.test.ts'],
    ['is of a package', ["import pitch from 'tent';", 'pitch();']],
  ])('stays as it is where it %s', async (_, lines, path = 'src/trip.test.js') => {
    expect(await mendSiblingImports({ path, content: `${lines.join('\n')}\n`, siblings })).toBeUndefined();
  });

  it('says what it changed, and has nothing to change a second time', async () => {
    const first = await mendSiblingImports({ path: 'src/a.js', content: "import Tent from './tent.js';\nnew Tent();\n", siblings });
    expect(first?.changes).toEqual(['imported `{ Tent }` instead of `Tent`']);
    expect(await mendSiblingImports({ path: 'src/a.js', content: first?.content ?? '', siblings })).toBeUndefined();
  });
});
