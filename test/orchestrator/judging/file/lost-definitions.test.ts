import { expect, it } from 'vitest';
import { lostDefinitions } from '../../../../src/orchestrator/judging/file/lost-definitions.ts';

const standing = [
  'class KilnError(ValueError):',
  '    """Too hot."""',
  '',
  '',
  'class Kiln:',
  '    def heat(self):',
  '        return 1',
  '',
  '    def cool(self):',
  '        return 0',
  '',
].join('\n');
const kiln = 'class Kiln:\n    def heat(self):\n        return 2\n\n    def cool(self):\n        return 0\n';
const error = 'class KilnError(ValueError):\n    """Too hot."""\n\n\n';

interface Standing {
  path?: string;
  state?: 'changed' | 'new';
  before?: string;
}

const lost = async (content: string, asked: string, { path = 'kiln.py', state = 'changed', before = standing }: Standing = {}) =>
  lostDefinitions({
    assignment: { kind: 'file', path, purpose: 'code', state, names: [], message: asked, shows: 'files', origin: 'named' },
    asked,
    content,
    standing: before,
    siblings: [],
    due: [],
    ending: 'whole',
  });

it.each([
  ['a class', kiln, 'Let it heat twice as fast.', '`KilnError` is gone'],
  [
    'a method in whose place another one stands',
    `${error}${kiln.replace('def cool', 'def hold')}`,
    'Add a method hold(self).',
    '`cool` is gone',
  ],
  ['both', 'def hold():\n    return 1\n', 'Add a function hold().', '`heat`, `cool`, `KilnError`, `Kiln` are gone'],
])('%s that a reply leaves out unasked is found', async (_, content, asked, message) => {
  const found = await lost(content, asked);
  expect(found).toMatchObject([{ code: 'names_missing', remedy: 'try_again' }]);
  expect(found[0]?.message).toContain(message);
});

it.each([
  ['nothing is gone', `${error}${kiln}`, 'Let it heat twice as fast.'],
  ['the text names it', kiln, 'KilnError is not needed any more.'],
  ['the text takes something away', kiln, 'Remove what nothing uses.'],
  ['it was to be written anew', kiln, 'Refactor the kiln.'],
  ['it stands elsewhere in the file', `${kiln}\n\n${error}`, 'Let it heat twice as fast.'],
  ['the reply cannot be read', 'class (:\n', 'Let it heat.'],
])('nothing is found where %s', async (_, content, asked) => {
  expect(await lost(content, asked)).toEqual([]);
});

it('nothing is found in a new file, and in one of no language that is known', async () => {
  expect(await lost(kiln, 'Write it.', { state: 'new' })).toEqual([]);
  expect(await lost('b\n', 'Change it.', { path: 'notes.txt', before: 'a\n' })).toEqual([]);
});
