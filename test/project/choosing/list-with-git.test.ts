import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { listWithGit } from '../../../src/project/choosing/list-with-git.ts';
import { folderOf } from '../../support/folder-of.ts';
import { makePipe } from '../../support/make-pipe.ts';

describe('listing with Git', () => {
  it.each([
    ['a .gitignore', 'sub/.gitignore', () => {}],
    ['what is ignored in the repository alone', '.git/info/exclude', (path: string) => rmSync(path)],
    ['the index', '.git/index', (path: string) => rmSync(path)],
  ])('gives up where %s is a pipe that nobody writes to', async (_, path, makeRoom) => {
    const root = folderOf({ 'a.py': '', 'sub/b.py': '' });
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
    ])
      execFileSync('git', args, { cwd: root });
    makeRoom(join(root, path));
    makePipe(join(root, path));
    const place = { folder: root, environment: process.env, mostMilliseconds: 200 };
    expect(await listWithGit(place, () => 'more')).toBe('not_in_git');
  });
});
