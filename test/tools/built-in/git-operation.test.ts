import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitChanges } from '../../../src/tools/built-in/git/commit-changes.ts';
import { gitOperation } from '../../../src/tools/built-in/git/git-operation.ts';
import { showDiff } from '../../../src/tools/built-in/git/look.ts';
import { openRepository } from '../../../src/tools/built-in/git/repository.ts';
import { folderOf } from '../../support/folder-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { callTool, toolContext } from '../tool-context.ts';

const settings = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.invalid', '-c', 'init.defaultBranch=main'];
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

/** A repository with one commit of these files, and an author of its own. */
function repository(files: Readonly<Record<string, string>> = { 'a.txt': 'one\n', 'src/b.txt': 'two\n' }): string {
  const folder = folderOf(files);
  git(folder, 'init', '--quiet');
  git(folder, 'config', 'user.name', 'A Person');
  git(folder, 'config', 'user.email', 'a@example.invalid');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Begin');
  return folder;
}

const write = (folder: string, path: string, content: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const operate = (workspace: string, operation: string, text?: string) =>
  callTool(gitOperation, { operation, ...(text === undefined ? {} : { name_or_message: text }) }, toolContext(workspace));
const risk = (operation: 'branch' | 'commit' | 'merge' | 'status' | 'diff' | 'log', text?: string) =>
  gitOperation.risk({ operation, name_or_message: text });

describe('git_operation', () => {
  it('looks for free, and asks before it changes anything', () => {
    expect([risk('status'), risk('diff'), risk('log'), risk('branch'), risk('branch', ' ')]).toEqual(Array(5).fill('read'));
    expect([risk('branch', 'new'), risk('commit', 'x'), risk('merge', 'x')]).toEqual(Array(3).fill('write'));
  });

  it.each(['push', 'fetch', 'pull', 'clone', 'config', 'status --help', '--exec-path=/tmp', ''])(
    'does not know the operation %j',
    async (operation) => {
      const result = await operate(repository(), operation);
      expect(result).toMatchObject({
        isError: true,
        output: expect.stringContaining('it must be one of status, diff, log, branch, commit, merge'),
      });
    },
  );

  it('shows what has changed, the differences and the history', async () => {
    const folder = repository();
    expect(await operate(folder, 'status')).toMatchObject({
      output: '## main\nNothing has changed since the last commit.\n',
      isError: false,
    });
    expect((await operate(folder, 'diff')).output).toBe('Nothing has changed since the last commit. New files are not compared.\n');
    write(folder, 'a.txt', 'other\n');
    write(folder, 'new.txt', 'x\n');
    write(folder, '.multiagent/state.db', 'x');
    expect((await operate(folder, 'status')).output).toBe('## main\n M a.txt\n?? new.txt\n');
    expect((await operate(folder, 'diff')).output).toMatch(/^diff --git a\/a\.txt b\/a\.txt\n[^]*\n-one\n\+other\n$/);
    expect((await operate(folder, 'log')).output).toMatch(/^[0-9a-f]{7} \d{4}-\d\d-\d\d A Person: Begin\n$/);
  });

  it('shows the changes of the project only, where it is a folder of a repository', async () => {
    const folder = repository();
    write(folder, 'a.txt', 'other\n');
    write(folder, 'src/b.txt', 'other\n');
    expect((await operate(join(folder, 'src'), 'status')).output).toBe('## main\n M b.txt\n');
    expect((await operate(join(folder, 'src'), 'diff')).output).toMatch(/^diff --git a\/b\.txt/);
  });

  it('says what there is before the first commit, and without a repository', async () => {
    const folder = temporaryFolder();
    expect(await operate(folder, 'status')).toMatchObject({
      output: 'The project is in no Git repository. Go on without Git.',
      isError: true,
    });
    git(folder, 'init', '--quiet');
    expect((await operate(folder, 'log')).output).toBe('There is no commit yet.\n');
    expect(await operate(folder, 'diff')).toMatchObject({ isError: true, output: expect.stringContaining('no commit yet') });
    expect((await operate(folder, 'branch')).output).toBe('There is no branch with a commit yet.\n');
  });

  it('has nothing to compare with before the first commit', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    await expect(showDiff(await openRepository(toolContext(folder)), toolContext(folder))).rejects.toMatchObject({ code: 'git.no_commit' });
  });

  it('shows no differences where more files are hidden than a command can leave out', async () => {
    const names = Array.from({ length: 301 }, (_, index) => `part${index}/.env`);
    const folder = repository({ 'a.txt': 'one\n', ...Object.fromEntries(names.map((name) => [name, 'A=1\n'])) });
    const shown = async () => showDiff(await openRepository(toolContext(folder)), toolContext(folder));
    write(folder, 'a.txt', 'two\n');
    for (const name of names.slice(1)) write(folder, name, 'A=2\n');
    expect(await shown()).toContain('+two');
    write(folder, names[0]!, 'A=2\n');
    await expect(shown()).rejects.toMatchObject({
      code: 'git.too_much',
      message: 'More than 300 files have changed that are not shown to a model.',
    });
  });

  it.each<[string, (folder: string, other: string) => void, string]>([
    [
      'takes its history from another one',
      (folder, other) => write(folder, '.git/objects/info/alternates', `${join(other, '.git/objects')}\n`),
      'it takes its history from another one',
    ],
    [
      'has a folder of another one by a link',
      (folder, other) => {
        rmSync(join(folder, '.git/objects/pack'), { recursive: true, force: true });
        symlinkSync(join(other, '.git/objects/pack'), join(folder, '.git/objects/pack'));
      },
      'it takes its history from another one',
    ],
    ['has its files elsewhere', (folder, other) => git(folder, 'config', 'core.worktree', other), 'its files lie elsewhere'],
    [
      'has its history elsewhere',
      (folder, other) => {
        rmSync(join(folder, '.git'), { recursive: true });
        write(folder, '.git', `gitdir: ${join(other, '.git')}\n`);
      },
      'its history lies elsewhere',
    ],
  ])('leaves a repository alone that %s', async (_, prepare, why) => {
    const [folder, other] = [repository(), repository()];
    prepare(folder, other);
    await expect(openRepository(toolContext(folder))).rejects.toMatchObject({
      code: 'git.foreign',
      message: `The Git repository is not used: ${why}. Go on without Git.`,
    });
  });

  it('leaves a repository alone that names a program which cannot be switched off, and says how to remove it', async () => {
    const folder = repository();
    git(folder, 'config', 'filter.a=b.clean', 'cat');
    await expect(openRepository(toolContext(folder))).rejects.toMatchObject({
      code: 'git.unsafe',
      category: 'usage',
      message: expect.stringContaining('filter.a=b.clean') as string,
      hint: 'Remove it with: git config --unset filter.a=b.clean',
    });
  });

  it('shows no secrets in differences', async () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}\n`;
    const folder = repository({
      '.env': 'A=1\n',
      '.multiagentignore': 'kept.txt\n',
      'kept.txt': 'a\n',
      'code.ts': 'a\n',
      'removed.ts': key,
      'b.ts': '',
    });
    for (const path of ['.env', 'kept.txt']) write(folder, path, 'the-secret\n');
    write(folder, 'code.ts', `const a = "the-secret\n${key}";\n`);
    write(folder, 'b.ts', 'shown\n');
    rmSync(join(folder, 'removed.ts'));
    const { output } = await operate(folder, 'diff');
    expect(output).toContain('+shown');
    expect(output).toContain(
      'Changed, but not shown to a model: .env, kept.txt\nChanges of 2 more files are not shown, because they look like secrets.\n',
    );
    expect(output).not.toMatch(/the-secret|MIIEv/);
  });

  it('commits what has changed, but no secrets, and leaves what else is staged', async () => {
    const folder = repository({ 'a.txt': 'one\n', 'gone.txt': 'x\n', 'src/b.txt': 'two\n' });
    write(folder, 'src/b.txt', 'other\n');
    write(folder, 'a.txt', 'staged\n');
    git(folder, 'add', 'a.txt');
    const inSource = await operate(join(folder, 'src'), 'commit', 'Change b');
    expect(inSource.output).toMatch(/^Committed 1 file as [0-9a-f]{7} on main:\nb\.txt\n$/);
    expect(git(folder, 'status', '--short')).toBe('M  a.txt\n');
    write(folder, 'new dir/ü\tc.txt', 'new\n');
    write(folder, '.env', 'the-secret');
    write(folder, 'key.ts', ['x = "ghp', 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAbCdEf"\n'].join('_'));
    write(folder, '.multiagent/state.db', 'x');
    rmSync(join(folder, 'gone.txt'));
    git(folder, 'init', '--quiet', 'within');
    const all = await operate(folder, 'commit', 'Change "all"; rm -rf $HOME\n\n# a line');
    expect(all.output).toContain('Not committed, because they look like secrets or are repositories of their own: .env, key.ts, within/\n');
    expect(git(folder, 'show', '--name-status', '--format=%B', '-z', 'HEAD').replaceAll('\0', ' ')).toMatch(
      /^Change "all"; rm -rf \$HOME\n\n# a line\n+ ?\n?M a\.txt D gone\.txt A new dir\/ü\tc\.txt $/,
    );
  });

  it('needs a message, something to commit, and an author', async () => {
    const folder = repository();
    expect(await operate(folder, 'commit')).toMatchObject({ isError: true, output: expect.stringContaining('A commit needs a message') });
    expect(await operate(folder, 'commit', 'x')).toMatchObject({ isError: true, output: 'There is nothing to commit.' });
    const context = toolContext(folder);
    await expect(commitChanges(await openRepository(context), 'x', context)).rejects.toMatchObject({ code: 'git.nothing' });
    write(folder, 'a.txt', 'x');
    git(folder, 'config', 'user.useConfigOnly', 'true');
    git(folder, 'config', '--unset', 'user.email');
    expect(await operate(folder, 'commit', 'x')).toMatchObject({ isError: true, output: 'Git does not know the author of commits.' });
  });

  it('lists branches, makes them and switches to them', async () => {
    const folder = repository();
    expect((await operate(folder, 'branch', 'topic/one')).output).toBe('Made the branch topic/one and switched to it.\n');
    write(folder, 'a.txt', 'on topic\n');
    await operate(folder, 'commit', 'On the topic');
    expect((await operate(folder, 'branch', 'main')).output).toBe('Switched to the branch main.\n');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one\n');
    expect((await operate(folder, 'branch')).output).toBe('* main\n  topic/one\n');
    write(folder, 'a.txt', 'mine\n');
    expect(await operate(folder, 'branch', 'topic/one')).toMatchObject({ isError: true });
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('mine\n');
  });

  it('merges a branch; conflicts are told and taken back', async () => {
    const folder = repository();
    git(folder, 'switch', '--quiet', '-c', 'topic');
    write(folder, 'a.txt', 'topic\n');
    git(folder, 'commit', '--quiet', '--all', '--message', 'Topic');
    git(folder, 'switch', '--quiet', 'main');
    write(folder, 'src/b.txt', 'main\n');
    git(folder, 'commit', '--quiet', '--all', '--message', 'Main');
    expect((await operate(folder, 'merge', 'topic')).output).toBe('Merged topic into main.\n');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('topic\n');
    git(folder, 'switch', '--quiet', '-c', 'other', 'topic');
    write(folder, 'a.txt', 'other\n');
    git(folder, 'commit', '--quiet', '--all', '--message', 'Other');
    git(folder, 'switch', '--quiet', 'main');
    write(folder, 'a.txt', 'main\n');
    git(folder, 'commit', '--quiet', '--all', '--message', 'Again');
    expect(await operate(folder, 'merge', 'other')).toMatchObject({
      isError: true,
      output: 'Git could not do it: the branches have changed the same lines of a.txt. The merge was taken back: nothing has changed.',
    });
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it.each(['--force', '-D', 'a b', '../x', 'HEAD', '@{-1}', 'main^', 'x..y', 'refs/../../x', 'a\u001B[2J', 'x'.repeat(5000), ':(top)'])(
    'does not take %j for a branch',
    async (name) => {
      const folder = repository();
      for (const operation of ['branch', 'merge']) {
        const result = await operate(folder, operation, name);
        expect(result.isError).toBe(true);
        expect(result.output).not.toMatch(/[^\P{Cc}\n]/u);
      }
    },
  );

  describe('in a repository from elsewhere', () => {
    /** A program that leaves a trace where it is run. */
    function trap(): { program: string; wasRun: () => boolean } {
      const folder = temporaryFolder();
      const program = join(folder, 'trap.sh');
      writeFileSync(program, `#!/bin/sh\necho run >> "${folder}/run"\ncat\n`);
      chmodSync(program, 0o755);
      return { program, wasRun: () => existsSync(join(folder, 'run')) };
    }

    it('starts nothing that it names', async () => {
      const folder = repository({ 'a.txt': 'one\n', 'b.txt': 'two\n', '.gitattributes': 'a.txt diff=trap filter=trap\n' });
      const { program, wasRun } = trap();
      git(folder, 'branch', 'topic');
      for (const hook of ['pre-commit', 'post-commit', 'post-checkout', 'post-merge', 'prepare-commit-msg', 'reference-transaction']) {
        write(folder, `.git/hooks/${hook}`, `#!/bin/sh\nexec ${program}\n`);
        chmodSync(join(folder, '.git/hooks', hook), 0o755);
      }
      const named: Readonly<Record<string, string>> = {
        'core.fsmonitor': program,
        'core.pager': program,
        'core.editor': program,
        'core.sshCommand': program,
        'diff.external': program,
        'diff.trap.command': program,
        'diff.trap.textconv': program,
        'filter.trap.clean': program,
        'filter.trap.smudge': program,
        'log.showSignature': 'true',
        'commit.gpgSign': 'true',
        'gpg.program': program,
        'merge.verifySignatures': 'true',
        'alias.status': `!${program}`,
        'alias.merge-trap': `!${program}`,
        'branch.main.mergeOptions': '--strategy=trap --gpg-sign',
        'interactive.diffFilter': program,
      };
      for (const [key, value] of Object.entries(named)) git(folder, 'config', key, value);
      write(folder, 'a.txt', 'other\n');
      write(folder, 'b.txt', 'other\n');
      for (const operation of ['status', 'diff', 'log', 'branch'])
        expect(await operate(folder, operation)).toMatchObject({ isError: false });
      // What goes through a filter is not committed, because that does not run.
      expect(await operate(folder, 'commit', 'x')).toMatchObject({
        isError: true,
        output: expect.stringContaining('goes through the filter'),
      });
      write(folder, 'a.txt', 'one\n');
      expect(await operate(folder, 'commit', 'x')).toMatchObject({ isError: false });
      expect(await operate(folder, 'branch', 'topic')).toMatchObject({ isError: false });
      expect(await operate(folder, 'merge', 'main')).toMatchObject({ isError: false });
      expect(wasRun()).toBe(false);
    });

    it('merges nothing where it names a program for that', async () => {
      const folder = repository();
      git(folder, 'branch', 'topic');
      git(folder, 'config', 'merge.trap.driver', 'touch trapped');
      expect(await operate(folder, 'merge', 'topic')).toMatchObject({
        isError: true,
        output: expect.stringContaining('it is not started'),
      });
    });

    it('is led to no other files and to no other history', async () => {
      const secret = repository({ 'secret.txt': 'the-secret\n' });
      const empty = () => repository({ 'a.txt': 'one\n' });
      const cases: Readonly<Record<string, () => string>> = {
        'its settings name another folder': () => {
          const folder = empty();
          git(folder, 'config', 'core.worktree', secret);
          return folder;
        },
        'they name a folder around it': () => {
          const folder = empty();
          git(folder, 'config', 'core.worktree', '/');
          return folder;
        },
        'its .git names another repository': () => folderOf({ '.git': `gitdir: ${secret}/.git\n` }),
        'its .git is a link': () => {
          const folder = temporaryFolder();
          symlinkSync(join(secret, '.git'), join(folder, '.git'));
          return folder;
        },
        'it shares what another one has': () => {
          const folder = empty();
          write(folder, '.git/commondir', `${secret}/.git\n`);
          return folder;
        },
        'it says that it is a worktree of another one': () =>
          folderOf({
            '.git': 'gitdir: worktrees/x\n',
            'worktrees/x/commondir': `${secret}/.git\n`,
            'worktrees/x/HEAD': 'ref: refs/heads/main\n',
            'worktrees/x/gitdir': '.git\n',
          }),
        'it takes objects from another one': () => {
          const folder = empty();
          write(folder, '.git/objects/info/alternates', `${secret}/.git/objects\n`);
          write(folder, '.git/refs/heads/main', git(secret, 'rev-parse', 'HEAD'));
          return folder;
        },
        'its objects are a link': () => {
          const folder = empty();
          rmSync(join(folder, '.git/objects'), { recursive: true });
          symlinkSync(join(secret, '.git/objects'), join(folder, '.git/objects'));
          write(folder, '.git/refs/heads/main', git(secret, 'rev-parse', 'HEAD'));
          return folder;
        },
      };
      for (const [name, make] of Object.entries(cases)) {
        const folder = make();
        for (const [operation, text] of [['status'], ['diff'], ['log'], ['branch'], ['commit', 'x'], ['branch', 'x']] as const) {
          const result = await operate(folder, operation, text);
          expect([name, operation, result.isError]).toEqual([name, operation, true]);
          expect(result.output).not.toContain('secret');
        }
      }
      expect(git(secret, 'status', '--short')).toBe('');
    });

    it('works in a worktree that its repository knows', async () => {
      const folder = repository();
      const tree = join(temporaryFolder(), 'tree');
      git(folder, 'worktree', 'add', '--quiet', '-b', 'topic', tree);
      write(tree, 'a.txt', 'other\n');
      expect((await operate(tree, 'status')).output).toBe('## topic\n M a.txt\n');
    });

    it('changes neither the journal nor files outside of the project', async () => {
      const folder = repository();
      git(folder, 'switch', '--quiet', '-c', 'planted');
      write(folder, '.multiagent/state.db', 'planted');
      git(folder, 'add', '--force', '--all');
      git(folder, 'commit', '--quiet', '--message', 'Planted');
      git(folder, 'switch', '--quiet', 'main');
      write(folder, '.multiagent/state.db', 'kept');
      write(folder, '.git/info/exclude', '.multiagent\n');
      for (const operation of ['branch', 'merge']) {
        expect(await operate(folder, operation, 'planted')).toMatchObject({
          isError: true,
          output: 'Git could not do it: it would change files in .multiagent, which is not part of the project.',
        });
      }
      expect(readFileSync(join(folder, '.multiagent/state.db'), 'utf8')).toBe('kept');
      git(folder, 'switch', '--quiet', '-c', 'top');
      write(folder, 'a.txt', 'other\n');
      git(folder, 'commit', '--quiet', '--all', '--message', 'Top');
      git(folder, 'switch', '--quiet', 'main');
      expect(await operate(join(folder, 'src'), 'merge', 'top')).toMatchObject({
        isError: true,
        output: "Git could not do it: it would change a.txt, which is not in the project's folder.",
      });
    });
  });
});
