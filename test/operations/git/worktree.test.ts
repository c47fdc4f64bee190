import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { addWorktree, openWorktree } from '../../../src/operations/git/worktree.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Git = (...args: string[]) => string;

const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const run = '20261121-093015042-k3f9';

function repository(): { folder: string; git: Git } {
  const folder = temporaryFolder();
  const git: Git = (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: environment, stdio: 'pipe' });
  git('init', '--quiet');
  git('config', 'user.name', 'A');
  git('config', 'user.email', 'a@example.com');
  writeFileSync(join(folder, 'a.py'), 'x = 1\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'First');
  return { folder, git };
}

describe('addWorktree', () => {
  it.each<[string, (git: Git, folder: string) => unknown, { branch?: string; below?: string }]>([
    ['worktree.no_repository', (_, folder) => rmSync(join(folder, '.git'), { recursive: true }), {}],
    ['worktree.bare', (git) => git('init', '--quiet', '--bare', 'bare'), { below: 'bare' }],
    ['worktree.no_commit', (git) => git('checkout', '--quiet', '--orphan', 'empty'), {}],
    ['worktree.detached', (git) => git('checkout', '--quiet', '--detach'), {}],
    ['worktree.branch', () => undefined, { branch: 'two words' }],
    ['worktree.branch_exists', (git) => git('branch', 'taken'), { branch: 'taken' }],
    ['worktree.exists', (_, folder) => mkdirSync(join(folder, '.multiagent', 'worktrees', run), { recursive: true }), {}],
    ['worktree.not_committed', (_, folder) => mkdirSync(join(folder, 'new')), { below: 'new' }],
    [
      'worktree.link',
      (_, folder) => {
        mkdirSync(join(folder, '.multiagent'));
        symlinkSync(temporaryFolder(), join(folder, '.multiagent', 'worktrees'));
      },
      {},
    ],
    ['worktree.failed', (_, folder) => writeFileSync(join(folder, '.git', 'worktrees'), ''), {}],
    ['git.no_author', (git) => [git('config', '--unset', 'user.name'), git('config', 'user.useConfigOnly', 'true')], {}],
  ])('refuses with %s, and makes no branch', async (code, prepare, { branch, below = '.' }) => {
    const { folder, git } = repository();
    prepare(git, folder);
    const adding = addWorktree({ workspace: join(folder, below), run, branch, environment });
    await expect(adding).rejects.toMatchObject({ code, category: 'usage', hint: expect.any(String) });
    expect(existsSync(join(folder, '.git', 'refs', 'heads', 'multiagent'))).toBe(false);
  });

  it('refuses with git.missing where there is no Git', async () => {
    const { folder } = repository();
    const adding = addWorktree({ workspace: folder, run, environment: { PATH: folder } });
    await expect(adding).rejects.toMatchObject({ code: 'git.missing', category: 'usage', hint: expect.stringContaining('Install Git') });
  });
});

describe('openWorktree', () => {
  it.each<[string, (git: Git, folder: string) => unknown]>([
    ['it is not there any more', (_, folder) => rmSync(folder, { recursive: true })],
    [
      'another branch is checked out',
      (_, folder) => execFileSync('git', ['switch', '--quiet', '-c', 'other'], { cwd: folder, env: environment }),
    ],
    [
      'it is reached through a link',
      (git, folder) => {
        git('worktree', 'move', folder, `${folder}-moved`);
        symlinkSync(`${folder}-moved`, folder);
      },
    ],
  ])('refuses with worktree.gone where %s', async (_, spoil) => {
    const { folder, git } = repository();
    const worktree = await addWorktree({ workspace: folder, run, environment });
    const place = await openWorktree(folder, worktree, environment);
    spoil(git, place);
    await expect(openWorktree(folder, worktree, environment)).rejects.toMatchObject({
      code: 'worktree.gone',
      hint: expect.stringContaining('multiagent apply'),
    });
  });
});
