import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepRequirement } from '../../../src/cli/wizard/keep-requirement.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a text is kept in one file, however often it is given', async () => {
  const workspace = temporaryFolder();
  const path = await keepRequirement('# A\n\nB', workspace);
  expect(readFileSync(path, 'utf8')).toBe('# A\n\nB\n');
  expect(await keepRequirement('# A\n\nB', workspace)).toBe(path);
  expect(await keepRequirement('# C', workspace)).not.toBe(path);
});

test('that it cannot be kept is told with the folder', async () => {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, '.multiagent'), '');
  await expect(keepRequirement('x', workspace)).rejects.toMatchObject({
    code: 'requirement.not_kept',
    message: expect.stringContaining(join(workspace, '.multiagent')) as string,
    hint: expect.stringContaining('Make the folder writable') as string,
  });
});

test('nobody else may read it', async () => {
  const path = await keepRequirement('x', temporaryFolder());
  expect(statSync(path).mode & 0o077).toBe(0);
});
