import { expect, it } from 'vitest';
import { isTitledPath } from '../../../src/files/names/plausible-path.ts';

it.each([
  ['a title', 'Travel Notes.md', true],
  ['a title in a folder', 'guides/Tea & Cake.md', true],
  ['a file in a folder that a template names', '{{shop.slug}}/till.py', true],
  ['a plain name is for others', 'till.py', false],
  ['a place to fill in', '{{file}}', false],
  ['a name to fill in', '{{file}}.py', false],
  ['a sentence', 'see the notes.md', false],
  ['words in front of a path', 'Look at src/a.py', false],
])('%s: %s', (_, name, expected) => {
  expect(isTitledPath(name)).toBe(expected);
});
