import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { withJournal } from '../../src/cli/runs/open-journal.ts';
import { commitWorktree } from '../../src/operations/git/commit-worktree.ts';
import { worktreeProject } from './worktree-project.ts';

describe('a run on a Git worktree', () => {
  it('reads what is committed, commits on a branch of its own, and leaves what is checked out as it was', async () => {
    const { git, start, read, seen, directory, command } = await worktreeProject();
    const { code, output, errors } = await start('--file', 'store.py', '--worktree');
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(seen()).toContain('return 0');
    expect(seen()).not.toContain('mine');
    const branch = git('branch', '--list', 'multiagent/*', '--format=%(refname:short)').trim();
    expect(`${output}${errors}`).toContain(`The run works on the branch ${branch}, from commit`);
    expect(output).toContain(`git merge ${branch}`);
    expect(git('show', '--format=%an%n%B', '--name-only', branch)).toMatch(
      /^Ann\nTotals are wrong\.\n\nWritten by multiagent, run \S+ \(bug fix\), with the model .+\.\n\nSteps: bug_analysis \(completed\), bug_fix \(completed\)/,
    );
    expect(git('diff', '--name-only', `main...${branch}`).split('\n')).toEqual(expect.arrayContaining(['app/new.py', 'app/store.py']));
    expect(git('show', `${branch}:app/store.py`)).toBe('def total():\n    return 1\n');
    expect(read('app/store.py')).toContain('mine');
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe(' M app/store.py\n');
    expect(git('branch', '--show-current')).toBe('main\n');
    // The folder is the run's, and Git can remove it as it was told.
    const [run = ''] = readdirSync(join(directory, '.multiagent/worktrees'));
    expect((await command('resume', run)).output).toContain('Committed as');
    expect(git('rev-list', '--count', `main..${branch}`)).toBe('1\n');
    git('worktree', 'remove', join(directory, '.multiagent/worktrees', run));
    const gone = await command('resume', run);
    expect(gone).toMatchObject({ code: 2 });
    expect(gone.errors).toContain('is not there any more');
  });

  it('that was killed before its commit is committed by resume, once, and a change of a person there is not written over', async () => {
    const { git, start, directory, command } = await worktreeProject();
    await start('--file', 'store.py', '--worktree=feature/totals');
    const [run = ''] = readdirSync(join(directory, '.multiagent/worktrees'));
    const folder = join(directory, '.multiagent/worktrees', run);
    const there = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    there('reset', '--quiet', '--mixed', 'HEAD~1');
    writeFileSync(join(folder, 'app/store.py'), 'def total():\n    return "a person"\n');
    const refused = await command('resume', run);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('somebody has changed what the run changed, or stands in its way: app/store.py.');
    expect(readFileSync(join(folder, 'app/store.py'), 'utf8')).toContain('a person');
    const committing = withJournal({ workspace: directory }, (workspace) =>
      commitWorktree(workspace, run, { environment: process.env, trust: true }),
    );
    await expect(committing).rejects.toMatchObject({
      code: 'worktree.conflict',
      hint: expect.stringContaining(`multiagent resume ${run}`) as string,
    });
    there('checkout', '--quiet', '--', 'app/store.py');
    expect((await command('resume', run)).code).toBe(0);
    expect(git('rev-list', '--count', 'main..feature/totals')).toBe('1\n');
    expect(there('status', '--porcelain')).toBe('');
  });

  it('starts no hook, no filter and no signer that the repository names, and commits nothing that such a filter was to encrypt', async () => {
    const { repository, git, start, write } = await worktreeProject({ workspace: '.' });
    const trap = join(repository, 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${repository}/sprung'\ncat\n`, { mode: 0o755 });
    write('.gitattributes', '*.py filter=trap\n');
    git('add', '.gitattributes');
    git('commit', '--quiet', '--message=attributes');
    for (const hook of ['post-checkout', 'pre-commit', 'post-commit'])
      writeFileSync(join(repository, '.git/hooks', hook), readFileSync(trap), { mode: 0o755 });
    for (const kind of ['clean', 'smudge', 'process']) git('config', `filter.trap.${kind}`, trap);
    for (const [name, value] of Object.entries({ 'gpg.program': trap, 'commit.gpgSign': 'true', 'core.fsmonitor': trap }))
      git('config', name, value);
    const { code, errors } = await start('--file', 'app/store.py', '--worktree');
    expect(existsSync(join(repository, 'sprung'))).toBe(false);
    expect(code).toBe(2);
    expect(errors).toContain('goes through the filter trap of the repository, which is a program and is not started');
  });

  it.each<[string, (git: (...args: string[]) => string, repository: string) => void, string[], string]>([
    ['the branch exists', (git) => git('branch', 'taken'), ['--worktree=taken'], 'The branch taken exists already.'],
    ['the name is none', () => undefined, ['--worktree', 'Totals are wrong'], '"Totals are wrong" cannot be the name of a branch.'],
    ['no branch is checked out', (git) => git('checkout', '--quiet', '--detach'), ['--worktree'], 'No branch is checked out'],
    [
      'a merge is under way',
      (git, repository) => writeFileSync(join(repository, '.git/MERGE_HEAD'), git('rev-parse', 'HEAD')),
      ['--worktree'],
      'The Git repository is in the middle of a merge. Nothing was written.',
    ],
    [
      'the author is not known',
      (git) => (git('config', '--unset', 'user.email'), git('config', 'user.useConfigOnly', 'true')),
      ['--worktree'],
      'Git does not know the author',
    ],
    [
      'there is no commit',
      (git) => (git('checkout', '--quiet', '--orphan', 'empty'), git('rm', '-rqf', '--cached', '.')),
      ['--worktree'],
      'has no commit yet',
    ],
    [
      'there is no repository',
      (_, repository) => execFileSync('mv', [join(repository, '.git'), join(repository, 'elsewhere')]),
      ['--worktree'],
      'is not in a Git repository',
    ],
  ])('is refused before anything runs where %s', async (_, prepare, args, message) => {
    const { git, start, repository, directory, seen } = await worktreeProject();
    prepare(git, repository);
    const { code, errors } = await start(...args);
    expect(errors.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(code).toBe(2);
    expect(seen()).not.toContain('bug_fix');
    expect(existsSync(join(directory, '.multiagent/worktrees'))).toBe(false);
  });

  it('leaves nothing behind where the run cannot begin', async () => {
    const { git, command, directory } = await worktreeProject();
    const { code } = await command('run', 'bug-fix', 'x', '--base-url', 'http://127.0.0.1:1', '--worktree=feature/x');
    expect(code).toBe(3);
    expect(git('branch', '--list', 'feature/x')).toBe('');
    expect(readdirSync(join(directory, '.multiagent/worktrees'))).toEqual([]);
  });
});
