import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../src/llm/budget/estimate-tokens.ts';
import { chooseFiles } from '../../src/project/choosing/choose-files.ts';
import { projectBudget } from '../../src/project/project-budget.ts';
import { readProject } from '../../src/project/read-project.ts';
import { hashContent } from '../../src/utils/hash-content.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Files = Readonly<Record<string, string>>;

function projectOf(files: Files, order = Object.keys(files)): string {
  const root = temporaryFolder();
  for (const path of order) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files[path]!);
  }
  return root;
}

const small: Files = {
  'b.py': 'import a\n\ndef second():\n    return a.first()\n',
  'a.py': 'def first():\n    return 1\n',
  'README.md': '# A\n',
};

/** Thirty modules of some two kilobytes; one of them is about invoices. */
const medium: Files = Object.fromEntries(
  Array.from({ length: 30 }, (_, number): [string, string] => {
    const name = number === 17 ? 'invoice_totals' : `module_${number}`;
    const functions = Array.from(
      { length: 25 },
      (__, of) => `def ${name}_part_${of}(value):\n    """Part ${of}."""\n    return value + ${of}\n\n`,
    );
    return [`src/${name}.py`, functions.join('')];
  }),
);

const read = async (root: string, given: Partial<Parameters<typeof readProject>[0]> = {}) =>
  readProject({
    chosen: await chooseFiles({ root }),
    guidance: 'told',
    requirement: 'Mend it.',
    given: [],
    budget: { standing: 1000, chosen: 3000 },
    ...given,
  });

describe('what a run knows of a project', () => {
  it('is all of it where it fits: every file whole, sorted, and no map', async () => {
    expect(await read(projectOf(small))).toMatchObject({
      standing: '',
      relevant: '',
      files: ['README.md', 'a.py', 'b.py'].map((path) => ({ path, content: small[path] })),
      base: ['README.md', 'a.py', 'b.py'].map((path) => ({ path, sha256: hashContent(small[path]!) })),
      near: [],
      leftOut: [],
    });
  });

  it('has the files that were given first, as they were given, and none of them twice', async () => {
    const given = [{ path: 'b.py', content: small['b.py']! }];
    const known = await read(projectOf(small), { given });
    expect(known?.files.map(({ path }) => path)).toEqual(['b.py', 'README.md', 'a.py']);
  });

  it('names the code on which most others rest where the requirement speaks of no file, so that there is something to choose from', async () => {
    const root = projectOf({ ...medium, 'src/module_3.py': `import module_9\n${medium['src/module_3.py']}`, 'docs/page.md': '# Page\n' });
    const known = await read(root, { requirement: 'Xyzzy plugh.' });
    expect(known?.files).toEqual([]);
    expect(known?.near[0]).toBe('src/module_9.py');
    expect(known?.near).toHaveLength(30);
    const other = await read(root, { requirement: 'The totals of an invoice are wrong.' });
    expect(other?.near).not.toContain('src/module_9.py');
  });

  it('is nothing for a folder without a file to read', async () => {
    expect(await read(projectOf({}))).toBeUndefined();
    expect(await read(projectOf({ '.env': 'KEY=1\n' }))).toBeUndefined();
  });

  it('has what the project says about how people work on it before all else, and not among the files', async () => {
    const known = await read(projectOf({ ...small, 'AGENTS.md': 'Use tabs.\n' }));
    expect(known?.standing).toContain('Use tabs.');
    expect(known).toMatchObject({ conventions: ['AGENTS.md'], files: [{ path: 'README.md' }, { path: 'a.py' }, { path: 'b.py' }] });
    expect(known?.base.map(({ path }) => path)).toContain('AGENTS.md');
  });

  it('is a map and the files that the requirement speaks of where not all fit, within the budget', async () => {
    const root = projectOf(medium);
    const budget = { standing: 800, chosen: 2400 };
    const known = await read(root, { requirement: 'The invoice totals are wrong: invoice_totals_part_3 adds too much.', budget });
    expect(known?.standing).toContain('# Map of the project');
    expect(known?.standing).toContain('module_4.py');
    expect(known?.files[0]).toEqual({ path: 'src/invoice_totals.py', content: medium['src/invoice_totals.py'] });
    expect(known?.base).toHaveLength(30);
    expect(estimateTokens(known!.standing)).toBeLessThanOrEqual(budget.standing);
    expect(known!.tokens).toBeLessThanOrEqual(budget.standing + budget.chosen);
  });

  it('begins with the same bytes whatever the requirement is', async () => {
    const root = projectOf(medium);
    const [one, other] = [
      await read(root, { requirement: 'Mend invoice_totals.py.' }),
      await read(root, { requirement: 'Add module_40.' }),
    ];
    expect(one?.standing).toBe(other?.standing);
    expect(one?.files).not.toEqual(other?.files);
  });

  it('keeps given files whole, however little room is left', async () => {
    const content = medium['src/module_1.py']!;
    const known = await read(projectOf(medium), { given: [{ path: 'src/module_1.py', content }], budget: { standing: 200, chosen: 100 } });
    expect(known?.files).toEqual([{ path: 'src/module_1.py', content }]);
  });

  it('does not depend on the order in which the file system lists the files, nor on where the project is', async () => {
    const paths = Object.keys(medium);
    const expected = await read(projectOf(medium), { requirement: 'Mend invoice_totals.' });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (order) => {
        expect(await read(projectOf(medium, order), { requirement: 'Mend invoice_totals.' })).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});

describe('the room for a project', () => {
  it.each([
    [{ contextTokens: undefined }, { standing: 2000, chosen: 6000 }],
    [{ contextTokens: 8192 }, { standing: 1024, chosen: 2048 }],
    [{ contextTokens: 131_072 }, { standing: 4000, chosen: 32_768 }],
    [
      { contextTokens: 8192, wanted: 6000 },
      { standing: 2000, chosen: 4000 },
    ],
    [
      { contextTokens: undefined, wanted: 0 },
      { standing: 0, chosen: 0 },
    ],
  ])('%j', (given, expected) => {
    expect(projectBudget(given)).toEqual(expected);
  });
});
