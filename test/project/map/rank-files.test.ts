import { describe, expect, it } from 'vitest';
import { rankByImports } from '../../../src/project/map/rank-by-imports.ts';
import { rankFiles } from '../../../src/project/map/rank-files.ts';
import { renderRelevant } from '../../../src/project/map/render-relevant.ts';
import { estimateTokens } from '../../../src/llm/budget/estimate-tokens.ts';
import { mapOf } from './map-of.ts';

const project = {
  'README.md': '# Shop',
  'src/cart/cart.ts': "import { price } from './price-list.ts';\nexport function addItem() {}\nexport class Cart {}\n",
  'src/cart/price-list.ts': 'export const price = (code: string): number => 1;\n',
  'src/web/server.ts': "import '../cart/cart.ts';\nexport function startServer(port: number) {}\n",
  'src/web/log_writer.py': 'def write_line(text):\n    pass\n',
  'src/index.ts': '',
  'test/index.ts': '',
};

async function best(requirement: string): Promise<string | undefined> {
  const [first] = rankFiles(await mapOf(project), requirement);
  return first === undefined || first.score === 0 ? undefined : first.path;
}

describe('rankFiles', () => {
  it.each([
    ['a path', 'Mend src/web/server.ts, please.', 'src/web/server.ts'],
    ['a file name', 'The cart is wrong: see `log_writer.py`.', 'src/web/log_writer.py'],
    ['an exported name', 'addItem() forgets the count', 'src/cart/cart.ts'],
    ['a name with underscores', 'What write_line does with servers', 'src/web/log_writer.py'],
    ['words of a file name', 'The list of prices is empty', 'src/cart/price-list.ts'],
    ['words of a name', 'Starting takes long', 'src/web/server.ts'],
  ])('finds what a requirement names by %s', async (_, requirement, path) => {
    expect(await best(requirement)).toBe(path);
  });

  it.each(['', 'Do it so that they can use it', '数据', '`'.repeat(1000)])(
    'says of %j that nothing speaks for any file',
    async (requirement) => {
      const ranked = rankFiles(await mapOf(project), requirement);
      expect(ranked.map(({ score }) => score)).toEqual(ranked.map(() => 0));
      expect(ranked.map(({ path }) => path)).toEqual(Object.keys(project).toSorted());
    },
  );

  it('prefers neighbours by imports to files of which nothing is said', async () => {
    const ranked = rankFiles(await mapOf({ ...project, 'a.ts': '', 'z.ts': '' }), 'Mend src/web/server.ts');
    expect(ranked.slice(0, 2).map(({ path }) => path)).toEqual(['src/web/server.ts', 'src/cart/cart.ts']);
  });

  it('takes a name that many files have as a weaker hint', async () => {
    const scores = new Map(rankFiles(await mapOf(project), 'index.ts and server.ts').map(({ path, score }) => [path, score]));
    expect(scores.get('src/web/server.ts')).toBeGreaterThan(scores.get('src/index.ts')!);
  });
});

describe('rankByImports', () => {
  it('puts first on what most rests, through others, too, and holds circles', async () => {
    const map = await mapOf({
      'a.ts': "import './core.ts';",
      'b.ts': "import './core.ts';\nimport './c.ts';",
      'c.ts': "import './core.ts';\nimport './b.ts';",
      'd.ts': "import './core.ts';",
      'core.ts': "import './base.ts';",
      'base.ts': '',
    });
    expect(rankByImports(map).slice(0, 2).toSorted()).toEqual(['base.ts', 'core.ts']);
    expect(rankByImports(map).slice(-2)).toEqual(['a.ts', 'd.ts']);
  });
});

describe('renderRelevant', () => {
  it('shows the signatures of what is relevant and not given whole, in path order', async () => {
    const map = await mapOf(project);
    const ranked = rankFiles(map, 'The server shows the price list and the cart');
    expect(await renderRelevant(map, ranked, { tokens: 500, whole: new Set(['src/cart/cart.ts']) })).toBe(
      'src/cart/price-list.ts\n  export const price = (code: string): number\nsrc/web/server.ts\n  export function startServer(port: number)\n',
    );
  });

  it('gives the room to the best ones first', async () => {
    const map = await mapOf(project);
    const ranked = rankFiles(map, 'startServer, with the price list');
    const text = await renderRelevant(map, ranked, { tokens: 25, whole: new Set() });
    expect(text).toBe('src/web/server.ts\n  export function startServer(port: number)\n');
    for (let tokens = 0; tokens < 80; tokens += 1) {
      expect(estimateTokens(await renderRelevant(map, ranked, { tokens, whole: new Set() }))).toBeLessThanOrEqual(tokens);
    }
  });
});
