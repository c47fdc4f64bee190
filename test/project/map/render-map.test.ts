import { array, assert, asyncProperty, constantFrom, dictionary, integer, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src/llm/budget/estimate-tokens.ts';
import { renderMap } from '../../../src/project/map/render-map.ts';
import { mapOf } from './map-of.ts';

const name = stringMatching(/^[a-z]{1,3}$/);
const path = array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
const content = constantFrom('', 'x'.repeat(3000), "import './a';\nimport '../a.ts';\nexport function run(text: string): void {}\n");
const project = dictionary(
  path.chain((stem) => constantFrom(stem, `${stem}.ts`)),
  content,
  { minKeys: 1, maxKeys: 60 },
);

describe('renderMap', () => {
  it('lists the files by folder, with sizes that small changes leave as they are', async () => {
    const map = await mapOf({ 'src/b.ts': 'x'.repeat(1001), 'src/a.ts': 'x', 'README.md': 'x'.repeat(4200), 'src/deep/c.ts': '' });
    expect(await renderMap(map, { tokens: 1000 })).toBe('./\n  README.md 5 kB\nsrc/\n  a.ts 1 kB\n  b.ts 2 kB\nsrc/deep/\n  c.ts 1 kB\n');
  });

  it('gives a folder for which there is no room as one line', async () => {
    const map = await mapOf({ 'a/one.ts': '', ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`b/long-name-${at}.ts`, ''])) });
    expect(await renderMap(map, { tokens: 50 })).toBe('a/\n  one.ts 1 kB\nb/ up to 50 files\n');
  });

  it('shows what the files define on which most others rest', async () => {
    const map = await mapOf({ 'a.ts': "import './b.ts';\nexport const unused = 1;", 'b.ts': 'export function run(text: string): void {}' });
    expect(await renderMap(map, { tokens: 1000 })).toBe(
      './\n  a.ts 1 kB\n  b.ts 1 kB\n\nWhat the files on which most others rest define:\n\nb.ts\n  export function run(text: string): void\n',
    );
  });

  it('stays the same whatever the order in which files were found', async () => {
    await assert(
      asyncProperty(project, integer({ min: 0, max: 400 }), async (files, tokens) => {
        const turned = Object.fromEntries(Object.entries(files).toReversed());
        expect(await renderMap(await mapOf(turned), { tokens })).toBe(await renderMap(await mapOf(files), { tokens }));
      }),
    );
  });

  it('never has more tokens than it may', async () => {
    await assert(
      asyncProperty(project, integer({ min: 0, max: 400 }), async (files, tokens) => {
        expect(estimateTokens(await renderMap(await mapOf(files), { tokens }))).toBeLessThanOrEqual(tokens);
      }),
    );
  });

  it('lists only files that are there', async () => {
    expect.hasAssertions();
    await assert(
      asyncProperty(project, integer({ min: 0, max: 400 }), async (files, tokens) => {
        let folder = '';
        const listed = (await renderMap(await mapOf(files), { tokens })).split('\n').flatMap((line) => {
          if (line.endsWith('/')) folder = line === './' ? '' : line;
          const file = /^ {2}(\S+) \d+ kB$/.exec(line)?.[1];
          return file === undefined ? [] : [`${folder}${file}`];
        });
        expect(Object.keys(files)).toEqual(expect.arrayContaining(listed));
      }),
    );
  });

  it.each(['a\nb.ts', '```', '~~~~', 'a\u001b[2J.ts', '\u202Egnp.ts', 'x'.repeat(255)])(
    'gives the name %j one line of its own',
    async (odd) => {
      const text = await renderMap(await mapOf({ [`${odd}/${odd}`]: '' }), { tokens: 1000 });
      expect(text.trimEnd().split('\n')).toHaveLength(2);
      expect(text).not.toMatch(/`{3}|~{3}|[\u001b\u202e]/);
    },
  );
});
