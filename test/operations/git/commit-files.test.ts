import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitFiles, commitMessage, requireCommittable } from '../../../src/operations/git/commit-files.ts';
import { applyEvent } from '../../../src/state/run/run-state.ts';
import { numbered } from '../../state/run/random-history.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { started } from '../../support/run-events.ts';

function repository() {
  const folder = temporaryFolder();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  git('init', '--quiet');
  git('config', 'user.name', 'A');
  git('config', 'user.email', 'a@example.com');
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return { folder, git, write };
}

describe('committing the files of a run', () => {
  it('commits them and nothing else, also as the first commit, and takes names as names', async () => {
    const { folder, git, write } = repository();
    write('staged.txt', 'staged');
    git('add', 'staged.txt');
    for (const path of ['*.py', 'a.py', 'b c/ü.py']) write(path, path);
    await requireCommittable(folder, ['new.py'], process.env);
    expect(await commitFiles(folder, ['*.py', 'b c/ü.py'], { message: 'What\n\nwas done\n', environment: process.env })).toMatchObject({
      ignored: [],
      commit: expect.stringMatching(/^[0-9a-f]{4,}$/),
    });
    expect(
      git('-c', 'core.quotePath=false', 'show', '--format=%B', '--name-only')
        .split('\n')
        .filter((line) => line !== ''),
    ).toEqual(['What', 'was done', '*.py', 'b c/ü.py']);
    expect(git('status', '--porcelain')).toBe('A  staged.txt\n?? a.py\n');
  });

  it('leaves out what Git is told to ignore, and names it', async () => {
    const { folder, git, write } = repository();
    write('.gitignore', '*.log\n');
    for (const path of ['a.log', 'a.py']) write(path, path);
    expect(await commitFiles(folder, ['a.log', 'a.py'], { message: 'x', environment: process.env })).toMatchObject({ ignored: ['a.log'] });
    expect(git('show', '--format=', '--name-only')).toBe('a.py\n');
    await expect(commitFiles(folder, ['a.log'], { message: 'x', environment: process.env })).rejects.toMatchObject({
      code: 'git.failed',
      message: expect.stringContaining('Git ignores all of them'),
    });
  });

  it('refuses beforehand what a person has changed and not committed, in a file that is to be replaced', async () => {
    const { folder, git, write } = repository();
    write('src/a.py', '1');
    git('add', '.');
    git('commit', '--quiet', '--message=x');
    write('other.py', '1');
    await requireCommittable(folder, ['src/a.py'], process.env);
    await requireCommittable(join(folder, 'src'), ['a.py'], process.env);
    write('src/a.py', '2');
    await expect(requireCommittable(folder, ['src/a.py'], process.env)).rejects.toMatchObject({
      code: 'git.uncommitted',
      message: expect.stringContaining(': src/a.py.'),
    });
    await expect(requireCommittable(folder, ['other.py'], process.env)).rejects.toMatchObject({ code: 'git.uncommitted' });
  });

  it('says so beforehand where there is no repository', async () => {
    await expect(requireCommittable(temporaryFolder(), ['a.py'], process.env)).rejects.toMatchObject({ code: 'git.no_repository' });
  });

  it('tells in the words of Git why it did not commit, and leaves the index as it was', async () => {
    const { folder, git, write } = repository();
    write('a.py', 'x');
    writeFileSync(join(folder, '.git', 'HEAD.lock'), '');
    await expect(commitFiles(folder, ['a.py'], { message: 'x', environment: process.env })).rejects.toMatchObject({
      code: 'git.failed',
      message: expect.stringContaining('HEAD.lock'),
    });
    expect(git('status', '--porcelain')).toBe('?? a.py\n');
  });

  it('runs no hook of the repository', async () => {
    const { folder, write } = repository();
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit'])
      writeFileSync(join(folder, '.git', 'hooks', hook), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
    write('a.py', 'x');
    await commitFiles(folder, ['a.py'], { message: 'x', environment: process.env });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

it('a commit says what was asked for, in one line that fits, and which run it was', () => {
  const [event] = numbered([started('r', `# Build\u{202e} a thing\n\nthat ${'is long '.repeat(20)}`)]);
  expect(commitMessage(applyEvent(undefined, event!))).toMatch(
    /^Build\S* a thing\n\nWritten by multiagent, run r \(bug fix\), with the model m\.\n$/,
  );
});
