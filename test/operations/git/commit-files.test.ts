import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitMessage } from '../../../src/operations/git/commit-message.ts';
import { requireCommittable } from '../../../src/operations/git/require-committable.ts';
import { commitFiles } from '../../../src/project/git/commit-files.ts';
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
    await requireCommittable(folder, { changing: ['new.py'] }, process.env);
    expect(
      await commitFiles(folder, ['*.py', 'b c/ü.py'], { message: 'What\n\nwas done\n', environment: process.env, again: 'go on' }),
    ).toMatchObject({
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
    expect(await commitFiles(folder, ['a.log', 'a.py'], { message: 'x', environment: process.env, again: 'go on' })).toMatchObject({
      ignored: ['a.log'],
    });
    expect(git('show', '--format=', '--name-only')).toBe('a.py\n');
    await expect(commitFiles(folder, ['a.log'], { message: 'x', environment: process.env, again: 'go on' })).rejects.toMatchObject({
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
    await requireCommittable(folder, { changing: ['src/a.py'] }, process.env);
    await requireCommittable(join(folder, 'src'), { changing: ['a.py'] }, process.env);
    write('src/a.py', '2');
    await expect(requireCommittable(folder, { changing: ['src/a.py'] }, process.env)).rejects.toMatchObject({
      code: 'git.uncommitted',
      message: expect.stringContaining(': src/a.py.'),
    });
    await expect(requireCommittable(folder, { changing: ['other.py'] }, process.env)).rejects.toMatchObject({ code: 'git.uncommitted' });
  });

  it('says so beforehand where there is no repository', async () => {
    await expect(requireCommittable(temporaryFolder(), { changing: ['a.py'] }, process.env)).rejects.toMatchObject({
      code: 'git.no_repository',
    });
  });

  it('tells in the words of Git why it did not commit, and leaves the index as it was', async () => {
    const { folder, git, write } = repository();
    write('a.py', 'x');
    writeFileSync(join(folder, '.git', 'HEAD.lock'), '');
    await expect(commitFiles(folder, ['a.py'], { message: 'x', environment: process.env, again: 'go on' })).rejects.toMatchObject({
      code: 'git.failed',
      message: expect.stringContaining('HEAD.lock'),
    });
    expect(git('status', '--porcelain')).toBe('?? a.py\n');
  });

  it('starts no filter and no signer that the repository itself names, and refuses beforehand what such a filter was to encrypt', async () => {
    const { folder, git, write } = repository();
    const trap = join(folder, 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${folder}/sprung'\ncat\n`, { mode: 0o755 });
    write('.gitattributes', '*.key filter=trap\n');
    for (const path of ['a.key', 'a.py']) write(path, '1\n');
    git('add', 'a.key', 'a.py', '.gitattributes');
    git('commit', '--quiet', '--message=first');
    // In a file that Git reads on this branch only.
    writeFileSync(
      join(folder, '.git/more'),
      `[filter "trap"]\n\tclean = ${trap}\n[gpg]\n\tprogram = ${trap}\n[commit]\n\tgpgSign = true\n`,
    );
    git('config', `includeIf.onbranch:${git('branch', '--show-current').trim()}.path`, 'more');
    write('a.key', '2\n');
    await expect(requireCommittable(folder, { changing: ['a.key'] }, process.env)).rejects.toMatchObject({
      code: 'git.filtered',
      message: expect.stringContaining('a.key goes through the filter trap of the repository'),
    });
    await requireCommittable(folder, { changing: ['a.py'] }, process.env);
    write('a.py', '2\n');
    await commitFiles(folder, ['a.py'], { message: 'x', environment: process.env, again: 'go on' });
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });

  it.each([
    ['MERGE_HEAD', 'a merge'],
    ['CHERRY_PICK_HEAD', 'a cherry-pick'],
    ['REVERT_HEAD', 'a revert'],
    ['rebase-merge', 'a rebase'],
    ['BISECT_LOG', 'a bisection'],
  ])('refuses beforehand where %s tells of %s, also from a folder within', async (file, what) => {
    const { folder, write } = repository();
    write('src/a.py', '1');
    writeFileSync(join(folder, '.git', file), '');
    await expect(requireCommittable(join(folder, 'src'), { changing: ['b.py'] }, process.env)).rejects.toMatchObject({
      code: 'git.busy',
      message: `The Git repository is in the middle of ${what}. Nothing was written.`,
    });
  });

  it('takes nothing for committed where Git cannot tell', async () => {
    const { folder, git, write } = repository();
    write('a.py', '1');
    git('add', '.');
    writeFileSync(join(folder, '.git/index'), 'damaged');
    await expect(requireCommittable(folder, { changing: ['a.py'] }, process.env)).rejects.toMatchObject({ code: 'git.failed' });
  });

  it('names what stands already as the run has it and is not committed, by its path in the project', async () => {
    const { folder, write } = repository();
    for (const path of ['src/a.py', 'src/b c.py']) write(path, '1');
    const project = join(folder, 'src');
    expect(await requireCommittable(project, { changing: [], standing: ['a.py', 'b c.py'] }, process.env)).toEqual(['a.py', 'b c.py']);
    await commitFiles(project, ['a.py'], { message: 'x', environment: process.env, again: 'go on' });
    expect(await requireCommittable(project, { changing: [], standing: ['a.py', 'b c.py'] }, process.env)).toEqual(['b c.py']);
  });

  it('runs no hook of the repository', async () => {
    const { folder, write } = repository();
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit'])
      writeFileSync(join(folder, '.git', 'hooks', hook), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
    write('a.py', 'x');
    await commitFiles(folder, ['a.py'], { message: 'x', environment: process.env, again: 'go on' });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

it('a commit says what was asked for, in one line that fits, and which run it was', () => {
  const [event] = numbered([started('r', `# Build\u{202e} a thing\n\nthat ${'is long '.repeat(20)}`)]);
  expect(commitMessage(applyEvent(undefined, event!))).toMatch(
    /^Build\S* a thing\n\nWritten by multiagent, run r \(bug fix\), with the model m\.\n$/,
  );
});
