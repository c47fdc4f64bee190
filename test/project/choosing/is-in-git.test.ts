import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { isInGitWorkTree } from '../../../src/project/choosing/is-in-git.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('tells a Git work tree and what is in it from a folder without Git, from what Git ignores, and from its own folder', async () => {
  const folder = temporaryFolder();
  const environment = process.env;
  expect(await isInGitWorkTree(folder, { environment })).toBe(false);
  execFileSync('git', ['init', '-q', folder]);
  for (const name of ['src', 'ignored']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, '.gitignore'), 'ignored/\n');
  expect(await isInGitWorkTree(folder, { environment })).toBe(true);
  expect(await isInGitWorkTree(join(folder, 'src'), { environment })).toBe(true);
  expect(await isInGitWorkTree(join(folder, 'ignored'), { environment })).toBe(false);
  expect(await isInGitWorkTree(join(folder, '.git'), { environment })).toBe(false);
});

it('says no where Git cannot be started', async () => {
  expect(await isInGitWorkTree(temporaryFolder(), { environment: { PATH: '' } })).toBe(false);
});
