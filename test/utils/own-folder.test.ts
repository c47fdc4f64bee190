import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureOwnFolder, ensureOwnFolderSync } from '../../src/utils/own-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const statusOf = (repository: string) =>
  spawnSync('git', ['-C', repository, 'status', '--porcelain', '--untracked-files=all'], { encoding: 'utf8' }).stdout;

describe.each([
  { name: 'ensureOwnFolder', ensure: ensureOwnFolder },
  { name: 'ensureOwnFolderSync', ensure: async (path: string) => ensureOwnFolderSync(path) },
])('$name', ({ ensure }) => {
  test('makes a folder of which Git sees nothing, and what is above it stays visible', async () => {
    const repository = temporaryFolder();
    spawnSync('git', ['init', '--quiet', repository]);
    await ensure(join(repository, 'above', 'own'));
    writeFileSync(join(repository, 'above', 'own', 'file'), '');
    writeFileSync(join(repository, 'above', 'seen'), '');
    expect(statusOf(repository)).toBe('?? above/seen\n');
  });

  test('leaves a folder of somebody else as it is', async () => {
    const folder = join(temporaryFolder(), 'theirs');
    mkdirSync(folder);
    await ensure(folder);
    expect(existsSync(join(folder, '.gitignore'))).toBe(false);
  });
});
