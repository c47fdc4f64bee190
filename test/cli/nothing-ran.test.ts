import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each([
  ['no model server answers', 3, ['run', 'analysis', '--requirement', 'A todo list.', '--base-url', 'http://127.0.0.1:1/v1']],
  ['there is no such workflow', 2, ['run', 'poetry', '--requirement', 'A todo list.']],
  ['there is no such file', 2, ['run', 'analysis', '--req', 'missing.md']],
  ['the journal is only looked at', 0, ['runs']],
  ['the journal is only looked at, and holds no run', 2, ['show', 'latest']],
])('nothing is left in a folder where nothing ran, because %s', async (_, expected, words) => {
  const directory = temporaryFolder();
  const { code } = await runCommand(words, { directory });
  expect(code).toBe(expected);
  expect(readdirSync(directory)).toEqual([]);
});
