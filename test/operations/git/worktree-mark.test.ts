import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { abandonedWorktrees, markWorktree, unmarkWorktree } from '../../../src/operations/git/worktree-mark.ts';
import { makePipe } from '../../support/make-pipe.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Larger than any process number of the system. */
const noProcess = 2 ** 22 + 1;
const gone = JSON.stringify({ host: hostname(), pid: noProcess });

function project() {
  const workspace = temporaryFolder();
  const worktrees = join(workspace, '.multiagent/worktrees');
  mkdirSync(worktrees, { recursive: true });
  return { workspace, worktrees };
}

it('finds the worktrees whose process is gone, and no others', async () => {
  const { workspace, worktrees } = project();
  writeFileSync(join(worktrees, 'gone.making'), gone);
  writeFileSync(join(worktrees, 'elsewhere.making'), JSON.stringify({ host: 'another', pid: noProcess }));
  await markWorktree(workspace, 'own');
  expect(await abandonedWorktrees(workspace)).toEqual(['gone']);
  await unmarkWorktree(workspace, 'gone');
  expect(await abandonedWorktrees(workspace)).toEqual([]);
  expect(readdirSync(worktrees).toSorted((one, other) => (one < other ? -1 : 1))).toEqual(['elsewhere.making', 'own.making']);
});

it('waits for no pipe, follows no link and reads no more than a mark holds, where a project brings such marks', async () => {
  const { workspace, worktrees } = project();
  makePipe(join(worktrees, 'pipe.making'));
  writeFileSync(join(workspace, 'mark'), gone);
  symlinkSync('../../mark', join(worktrees, 'link.making'));
  symlinkSync('/dev/zero', join(worktrees, 'endless.making'));
  mkdirSync(join(worktrees, 'folder.making'));
  writeFileSync(join(worktrees, 'long.making'), gone + ' '.repeat(10_000));
  writeFileSync(join(worktrees, 'real.making'), gone);
  expect(await abandonedWorktrees(workspace)).toEqual(['real']);
});
