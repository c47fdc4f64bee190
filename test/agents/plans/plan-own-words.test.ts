import { describe, expect, it } from 'vitest';
import type { PlannedFiles } from '../../../src/agents/plans/plan-files.ts';
import { planOwnWords } from '../../../src/agents/plans/plan-own-words.ts';

const file = (path: string) => ({ path, content: '' });
const changed = (...paths: string[]): PlannedFiles => ({ kind: 'files', files: paths.map((path) => ({ path, state: 'changed' })) });

function plan(taskType: string, description: string, standing: readonly string[]): PlannedFiles | undefined {
  const task = {
    taskId: 'one',
    taskType,
    description,
    expects: 'files' as const,
    step: { number: 1, of: 1 },
    context: {},
    priority: 0,
    dependencies: [],
    createdAt: 0,
  };
  const material = {
    requirement: 'Write `shop.py` and `stock.py`.',
    projectFiles: [],
    files: standing.map(file),
    documents: [],
    documentsLike: () => [],
    writingSteps: [taskType],
  };
  return planOwnWords(task, material);
}

const shop = ['shop.py', 'stock.py', 'test_shop.py', 'README.md'];

describe('a step that no built-in workflow has goes by its own words', () => {
  it.each<[string, string, string, readonly string[], PlannedFiles | undefined]>([
    ['the file that they name', 'refinement', 'In shop.py, refuse empty names.', shop, changed('shop.py')],
    ['whatever it is for', 'refinement', 'Add an example to README.md.', shop, changed('README.md')],
    [
      'a file that is not there yet',
      'refinement',
      'Write `prices.py`.',
      shop,
      { kind: 'files', files: [{ path: 'prices.py', state: 'new' }] },
    ],
    [
      'and not the one that it is about',
      'refinement',
      'stock.py counts what is on the shelves. Please write `docs/stock.md` for people who use it.',
      shop,
      { kind: 'files', files: [{ path: 'docs/stock.md', state: 'new' }] },
    ],
    [
      'nor those that are read for it',
      'refinement',
      'Write `test_prices.py` for shop.py and stock.py, which are right.',
      shop,
      { kind: 'files', files: [{ path: 'test_prices.py', state: 'new' }] },
    ],
    [
      'both',
      'refinement',
      'Move the prices from shop.py into a new file `prices.py`.',
      shop,
      {
        kind: 'files',
        files: [
          { path: 'shop.py', state: 'changed' },
          { path: 'prices.py', state: 'new' },
        ],
      },
    ],
    [
      'of several that stand, those that the model names',
      'refinement',
      'In shop.py, use the count of stock.py.',
      shop,
      { kind: 'choose', among: ['shop.py', 'stock.py'] },
    ],
    ['not one that is to stay', 'refinement', 'Sort by name. Leave shop.py unchanged.', ['shop.py', 'stock.py'], changed('stock.py')],
    [
      'the only program where they name none',
      'refinement',
      'Also sort them.',
      ['stock.py', 'test_stock.py', 'README.md'],
      changed('stock.py'),
    ],
    ['one or some of the programs', 'refinement', 'Also sort them.', shop, { kind: 'choose', among: ['shop.py', 'stock.py'] }],
    ['tests after a change', 'refinement_testing', 'Bring the tests in line.', shop, changed('test_shop.py')],
    ['documents after a change', 'refinement_documentation', 'Bring the documentation in line.', shop, changed('README.md')],
    ['steps of a person’s own workflow, too', 'data_model', 'Add a price to stock.py.', shop, changed('stock.py')],
    ['nothing that it could change: then as before', 'refinement', 'Also sort them.', [], undefined],
    ['a step that goes by the requirement', 'implementation', 'In shop.py, refuse empty names.', shop, undefined],
  ])('%s', (_, taskType, words, standing, expected) => expect(plan(taskType, words, standing)).toEqual(expected));
});
