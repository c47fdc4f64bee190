import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { worktreeProject } from './worktree-project.ts';

/** A `git` that ends whoever has started it, before or after it does what is named. */
function killingGit(when: 'before' | 'after', what: string): Record<string, string> {
  const folder = temporaryFolder();
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const kill = `case " $* " in *" ${what} "*) kill -9 $PPID;; esac`;
  const lines = when === 'before' ? [kill, `exec ${real} "$@"`] : [`${real} "$@"`, 'code=$?', kill, 'exit $code'];
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
  return { PATH: [folder, process.env['PATH']].join(delimiter) };
}

describe('a run on a Git worktree that is killed', () => {
  it.each<['before' | 'after', string]>([
    ['before', 'status'],
    ['before', 'add --intent-to-add'],
    ['after', 'add --intent-to-add'],
    ['before', 'commit'],
    ['after', 'commit'],
  ])('%s "git %s" is committed once by resume, whole', async (when, what) => {
    const { git, startWith, command, directory } = await worktreeProject();
    const killed = await startWith(killingGit(when, what), '--file', 'store.py', '--worktree=fix');
    expect(killed.code).toBe(null);
    const [run = ''] = readdirSync(join(directory, '.multiagent/worktrees'));
    // What it had started itself may still be at work.
    await expect.poll(() => existsSync(join(git('rev-parse', '--absolute-git-dir').trim(), 'worktrees', run, 'index.lock'))).toBe(false);
    const resumed = await command('resume', run);
    expect(resumed, resumed.errors).toMatchObject({ code: 0, output: expect.stringContaining('on the branch fix') });
    expect(git('rev-list', '--count', 'main..fix')).toBe('1\n');
    expect(git('show', 'fix:app/store.py')).toContain('return 1');
    expect(git('show', 'fix:app/new.py')).toBe('new = 1\n');
    expect(git('-C', join(directory, '.multiagent/worktrees', run), 'status', '--porcelain')).toBe('');
  });

  it.each<['before' | 'after', string]>([
    ['after', 'worktree add'],
    ['before', 'reset'],
    ['after', 'reset'],
  ])('%s "git %s", while its worktree is made, is not in the way of the next run with its branch', async (when, what) => {
    const { git, startWith, start, directory } = await worktreeProject();
    const folders = () => readdirSync(join(directory, '.multiagent/worktrees'));
    expect((await startWith(killingGit(when, what), '--worktree=fix')).code).toBe(null);
    const [left = ''] = folders();
    // What it had started itself may still be at work.
    await expect.poll(() => existsSync(join(git('rev-parse', '--absolute-git-dir').trim(), 'worktrees', left, 'index.lock'))).toBe(false);
    const next = await start('--worktree=fix');
    expect(next, next.errors).toMatchObject({ code: 0 });
    expect(folders()).toHaveLength(1);
    expect(folders()).not.toContain(left);
    expect(git('rev-list', '--count', 'main..fix')).toBe('1\n');
  });

  it('leaves alone what a mark beside it does not prove: a branch with commits, and a folder that Git does not know', async () => {
    const { git, start, directory } = await worktreeProject();
    const worktrees = join(directory, '.multiagent/worktrees');
    git('worktree', 'add', '--quiet', '-b', 'mine', join(worktrees, 'mine'));
    writeFileSync(join(worktrees, 'mine/new.txt'), '');
    git('-C', join(worktrees, 'mine'), 'add', '.');
    git('-C', join(worktrees, 'mine'), 'commit', '--quiet', '--message=mine');
    mkdirSync(join(worktrees, 'other'));
    const gone = JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1 });
    for (const name of ['mine', 'other', '..']) writeFileSync(join(worktrees, `${name}.making`), gone);
    writeFileSync(join(worktrees, 'running.making'), JSON.stringify({ host: hostname(), pid: process.pid }));
    writeFileSync(join(worktrees, 'broken.making'), '{');
    expect((await start('--worktree=fix')).code).toBe(0);
    expect(readdirSync(worktrees)).toEqual(expect.arrayContaining(['mine', 'other', 'running.making', 'broken.making']));
    expect(git('rev-parse', '--verify', 'mine')).not.toBe('');
  });
});

describe('a run on a Git worktree of a repository in an unusual state', () => {
  it('starts nothing that a repository names for the branch of the run alone', async () => {
    const { repository, git, start, write } = await worktreeProject({ workspace: '.' });
    const trap = join(repository, 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${repository}/sprung'\ncat\n`, { mode: 0o755 });
    write('.gitattributes', '*.py filter=trap\n');
    git('add', '.gitattributes');
    git('commit', '--quiet', '--message=attributes');
    const all = ['clean', 'smudge', 'process'].map((kind) => `\t${kind} = ${trap}\n`).join('');
    writeFileSync(join(repository, '.git/more'), `[filter "trap"]\n${all}`);
    git('config', 'includeIf.onbranch:multiagent/**.path', 'more');
    const { code, errors } = await start('--worktree');
    expect(existsSync(join(repository, 'sprung'))).toBe(false);
    expect(code).toBe(2);
    expect(errors.replaceAll(/\s+/g, ' ')).toContain(
      'goes through the filter trap of the repository, which is a program and is not started.',
    );
  });

  it('makes no worktree behind a link', async () => {
    const { git, start, directory, seen } = await worktreeProject();
    const elsewhere = temporaryFolder();
    mkdirSync(join(directory, '.multiagent'));
    symlinkSync(elsewhere, join(directory, '.multiagent/worktrees'));
    const { code, errors } = await start('--worktree=fix');
    expect({ code, errors }).toMatchObject({
      code: 2,
      errors: expect.stringContaining('is a link, and worktrees are made in the project only'),
    });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(git('branch', '--list', 'fix')).toBe('');
    expect(seen()).toBe('');
  });

  it.each<[string, (project: Awaited<ReturnType<typeof worktreeProject>>) => void, string]>([
    [
      'is bare',
      ({ repository, git }) => {
        git('config', 'core.bare', 'true');
        execFileSync('mv', [join(repository, '.git'), join(repository, 'app/.git')]);
      },
      'is a bare Git repository',
    ],
    [
      'is in a rebase',
      ({ repository }) => mkdirSync(join(repository, '.git/rebase-merge')),
      'in the middle of a rebase. Nothing was written.',
    ],
    [
      'has the project not committed',
      ({ git }) => {
        git('rm', '-rqf', '--cached', '.');
        git('commit', '--quiet', '--allow-empty', '--message=none');
      },
      'Nothing in app is committed, and a worktree holds only what is.',
    ],
  ])('is refused where it %s, and nothing is left behind', async (_, prepare, message) => {
    const project = await worktreeProject();
    prepare(project);
    const { code, errors } = await project.start('--worktree=fix');
    expect(errors.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(code).toBe(2);
    expect(project.seen()).not.toContain('bug_fix');
    expect(existsSync(join(project.directory, '.multiagent/worktrees'))).toBe(false);
  });

  it('works in a worktree itself, beside the others of the repository', async () => {
    const { git, repository, start, read } = await worktreeProject({ workspace: 'trees/one/app' });
    git('worktree', 'add', '--quiet', '--force', '-b', 'one', join(repository, 'trees/one'));
    const { code, errors } = await start('--file', 'store.py', '--worktree=fix');
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(git('show', 'fix:app/new.py')).toBe('new = 1\n');
    expect(read('trees/one/app/store.py')).toContain('return 0');
  });

  it('that is merged in its worktree waits with its commit until that has ended', async () => {
    const { git, startWith, command, directory } = await worktreeProject();
    await startWith(killingGit('before', 'status'), '--file', 'store.py', '--worktree=fix');
    const [run = ''] = readdirSync(join(directory, '.multiagent/worktrees'));
    const merge = join(git('rev-parse', '--absolute-git-dir').trim(), 'worktrees', run, 'MERGE_HEAD');
    writeFileSync(merge, git('rev-parse', 'HEAD'));
    expect(await command('resume', run)).toMatchObject({
      code: 2,
      errors: expect.stringContaining('in the middle of a merge. Nothing was written.'),
    });
    expect(readFileSync(join(directory, '.multiagent/worktrees', run, 'app/store.py'), 'utf8')).toContain('return 0');
    execFileSync('rm', [merge]);
    expect((await command('resume', run)).code).toBe(0);
  });

  it('names a file that is not committed, and says that this is why it is not there', async () => {
    const { start, write } = await worktreeProject();
    write('app/late.py', 'late = 1\n');
    const { code, errors } = await start('--file', 'late.py', '--worktree=fix');
    expect({ code, errors }).toMatchObject({
      code: 2,
      errors: expect.stringContaining('late.py is not committed, and the worktree of the run holds only what is.'),
    });
  });
});
