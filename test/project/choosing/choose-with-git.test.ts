import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { chooseFiles, type ChooseFilesOptions } from '../../../src/project/choosing/choose-files.ts';
import { describeLeftOut } from '../../../src/project/choosing/left-out.ts';
import { folderOf } from '../../support/folder-of.ts';

const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always'];

function repository(files: Readonly<Record<string, string>>) {
  const root = folderOf(files);
  const git = (...args: string[]) => execFileSync('git', [...author, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  return { root, git };
}

interface Hostile {
  root: string;
  git: (...args: string[]) => string;
  /** A repository of somebody else, who has secrets there. */
  other: string;
  otherGit: (...args: string[]) => string;
  /** Leaves a mark when it is started. */
  program: string;
}

function leadElsewhere({ root, other }: Hostile): void {
  rmSync(join(root, '.git'), { recursive: true });
  writeFileSync(join(root, '.git'), `gitdir: ${join(other, '.git')}\n`);
}

async function chosen(root: string, options: Partial<ChooseFilesOptions> = {}) {
  const { files, leftOut, inGit } = await chooseFiles({ root, environment: process.env, ...options });
  return { files: files.map(({ path }) => path), told: describeLeftOut(leftOut), inGit };
}

describe('choosing files in a Git work tree', () => {
  it('takes what Git knows and would add, also from a folder within, and leaves out what it ignores', async () => {
    const { root, git } = repository({
      '.gitignore': '*.log\n/secret/\n',
      'tracked.log': 'kept although it is ignored\n',
      'new.log': '',
      'ü b.py': '',
      'gone.py': '',
      'sub/a.py': '',
      'sub/new.py': '',
      'secret/a.txt': '',
    });
    git('add', '-f', 'tracked.log', '.gitignore', 'gone.py', 'sub/a.py');
    git('commit', '-qm', 'x');
    rmSync(join(root, 'gone.py'));
    expect(await chosen(root)).toEqual({
      files: ['.gitignore', 'sub/a.py', 'sub/new.py', 'tracked.log', 'ü b.py'],
      told: [],
      inGit: true,
    });
    expect(await chosen(join(root, 'sub'))).toEqual({ files: ['a.py', 'new.py'], told: [], inGit: true });
    expect(await chosen(root, { globs: ['sub/n*'] })).toMatchObject({ files: ['sub/new.py'], inGit: true });
  });

  it('reads what a person names although Git ignores it', async () => {
    const { root } = repository({ '.gitignore': 'out/\n', 'out/a.txt': '', 'b.txt': '' });
    expect((await chosen(root, { globs: ['out/a.txt'] })).files).toEqual(['out/a.txt']);
    expect((await chosen(root, { folders: ['out'] })).files).toEqual(['out/a.txt']);
    await expect(chosen(root, { globs: ['o*/*.txt'] })).rejects.toMatchObject({ code: 'files.no_match' });
    // As the workspace, a folder that a repository around it ignores is a project of its own.
    expect(await chosen(join(root, 'out'))).toEqual({ files: ['a.txt'], told: [], inGit: false });
  });

  it('names submodules and other repositories as left out, and reads one that is named', async () => {
    const other = repository({ 'lib.py': '' });
    other.git('add', '.');
    other.git('commit', '-qm', 'x');
    const { root, git } = repository({ 'a.py': '' });
    git('submodule', 'add', '-q', other.root, 'module');
    git('clone', '-q', other.root, 'clone');
    expect(await chosen(root)).toEqual({
      files: ['.gitmodules', 'a.py'],
      told: ['Left out: 2 repositories of their own (clone/, module)'],
      inGit: true,
    });
    expect((await chosen(root, { folders: ['module'] })).files).toEqual(['module/lib.py']);
    expect((await chosen(root, { globs: ['clone/*.py'] })).files).toEqual(['clone/lib.py']);
  });

  it('works in the middle of a merge, each file once', async () => {
    const { root, git } = repository({ 'a.py': '1\n' });
    git('add', '.');
    git('commit', '-qm', 'one');
    git('checkout', '-qb', 'other');
    writeFileSync(join(root, 'a.py'), '2\n');
    git('commit', '-qam', 'two');
    git('checkout', '-q', 'main');
    writeFileSync(join(root, 'a.py'), '3\n');
    git('commit', '-qam', 'three');
    expect(() => git('merge', 'other')).toThrow('Command failed');
    const { files, read } = await chooseFiles({ root, environment: process.env });
    expect(files.map(({ path }) => path)).toEqual(['a.py']);
    expect(await read('a.py')).toContain('<<<<<<<');
  });

  it.each([
    ['is empty', (root: string) => rmSync(join(root, '.git'), { recursive: true })],
    ['has no HEAD', (root: string) => rmSync(join(root, '.git/HEAD'))],
    ['has a broken index', (root: string) => writeFileSync(join(root, '.git/index'), 'broken')],
    ['has broken settings', (root: string) => writeFileSync(join(root, '.git/config'), '[core\n')],
    ['is bare', (root: string) => writeFileSync(join(root, '.git/config'), '[core]\nrepositoryformatversion = 0\nbare = true\n')],
    ['leads nowhere', (root: string) => (rmSync(join(root, '.git'), { recursive: true }), writeFileSync(join(root, '.git'), 'gitdir: no'))],
  ])('walks the folder where .git %s', async (_, damage) => {
    const { root, git } = repository({ '.gitignore': '*.log\n', 'a.py': '', 'b.log': '' });
    git('add', '.');
    damage(root);
    expect(await chosen(root)).toEqual({ files: ['.gitignore', 'a.py'], told: [], inGit: false });
  });

  it('tells files that have become links, or lie behind one', async () => {
    const { root, git } = repository({ 'src/a.py': '', 'b.py': '', 'elsewhere/a.py': '' });
    git('add', '.');
    rmSync(join(root, 'b.py'));
    symlinkSync('elsewhere/a.py', join(root, 'b.py'));
    renameSync(join(root, 'src'), join(root, 'moved'));
    symlinkSync('moved', join(root, 'src'));
    expect(await chosen(root)).toEqual({
      files: ['elsewhere/a.py', 'moved/a.py'],
      told: ['Left out: 3 links (b.py, src, src/a.py)'],
      inGit: true,
    });
  });
});

describe('a repository that came from elsewhere', () => {
  it('starts nothing: no monitor, no hook, no filter, no alias', async () => {
    const { root, git } = repository({ 'a.py': '', 'b.txt': 'x', '.gitattributes': '* filter=evil diff=evil\n' });
    git('add', '.');
    git('commit', '-qm', 'x');
    const mark = join(folderOf({}), 'started');
    const program = join(root, 'evil.sh');
    writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`);
    chmodSync(program, 0o755);
    for (const name of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.command',
      'diff.evil.textconv',
      'core.pager',
    ])
      git('config', name, program);
    git('config', 'alias.ls-files', `!${program}`);
    git('config', 'alias.rev-parse', `!${program}`);
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'post-checkout'])
      writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    rmSync(join(root, 'b.txt'));
    writeFileSync(join(root, 'b.txt'), 'y');
    expect((await chosen(root)).files).toEqual(['.gitattributes', 'a.py', 'b.txt', 'evil.sh']);
    expect(existsSync(mark)).toBe(false);
  });

  it.each<[string, (hostile: Hostile) => void]>([
    ['is a file that leads to another repository', leadElsewhere],
    [
      'is a file that leads to another repository, whose work tree is elsewhere',
      (hostile) => (leadElsewhere(hostile), hostile.otherGit('config', 'core.worktree', hostile.other)),
    ],
    [
      'is a link to another repository',
      ({ root, other }) => (rmSync(join(root, '.git'), { recursive: true }), symlinkSync(join(other, '.git'), join(root, '.git'))),
    ],
    ['shares the folders of another repository', ({ root, other }) => writeFileSync(join(root, '.git/commondir'), join(other, '.git'))],
    ['has its work tree elsewhere', ({ git, other }) => git('config', 'core.worktree', other)],
    ['has its work tree above', ({ git, root }) => git('config', 'core.worktree', join(root, '..'))],
    [
      'includes settings from elsewhere',
      ({ git, other, program }) => {
        writeFileSync(join(other, 'more'), `[core]\nfsmonitor = ${program}\nhooksPath = ${other}\nworktree = ${other}\n`);
        git('config', 'include.path', join(other, 'more'));
        git('config', 'includeIf.gitdir:/**.path', join(other, 'more'));
      },
    ],
    [
      'names programs for everything',
      ({ git, program }) => {
        const names =
          'core.sshCommand core.askPass core.editor core.gitProxy core.alternateRefsCommand gpg.program credential.helper diff.external uploadpack.packObjectsHook';
        for (const name of names.split(' ')) git('config', name, program);
      },
    ],
    [
      'has objects of another repository',
      ({ root, other }) => writeFileSync(join(root, '.git/objects/info/alternates'), `${join(other, '.git/objects')}\n`),
    ],
    [
      'shows one commit for another',
      ({ git, root, other }) => {
        writeFileSync(join(root, '.git/objects/info/alternates'), `${join(other, '.git/objects')}\n`);
        const theirs = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: other, encoding: 'utf8' }).trim();
        git('replace', '-f', 'HEAD', theirs);
      },
    ],
    [
      'has an index of another repository',
      ({ root, other }) => writeFileSync(join(root, '.git/index'), readFileSync(join(other, '.git/index'))),
    ],
    ['takes what is ignored from elsewhere', ({ git, other }) => git('config', 'core.excludesFile', join(other, 'secret.txt'))],
    ['splits its index', ({ git }) => git('update-index', '--split-index')],
  ])('whose .git %s shows only its own files, and starts nothing', async (_, make) => {
    const { root, git } = repository({ 'a.py': 'own' });
    git('add', '.');
    git('commit', '-qm', 'x');
    const elsewhere = repository({ 'a.py': 'other', 'secret.txt': 'theirs' });
    elsewhere.git('add', '.');
    elsewhere.git('commit', '-qm', 'x');
    const mark = join(folderOf({}), 'started');
    const program = join(elsewhere.root, 'evil.sh');
    writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman'])
      writeFileSync(join(elsewhere.root, hook), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    make({ root, git, other: elsewhere.root, otherGit: elsewhere.git, program });
    const choice = await chooseFiles({ root, environment: process.env });
    const read = await Promise.all(choice.files.map(async ({ path }) => [path, await choice.read(path)]));
    expect(read).toEqual([['a.py', 'own']]);
    expect(existsSync(mark)).toBe(false);
  });

  it('fetches nothing that it lacks: where to fetch from is a command of the repository', async () => {
    const { root, git } = repository({ 'a.py': '', 'deep/in/b.py': '', 'other/c.py': '' });
    git('add', '.');
    git('commit', '-qm', 'x');
    git('sparse-checkout', 'set', '--cone', '--sparse-index', 'other');
    const tree = git('rev-parse', 'HEAD:deep').trim();
    rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    const mark = join(folderOf({}), 'started');
    writeFileSync(join(root, '.git/evil.sh'), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    for (const [name, value] of [
      ['core.repositoryformatversion', '1'],
      ['extensions.partialClone', 'evil'],
      ['remote.evil.promisor', 'true'],
      ['remote.evil.url', `ext::${join(root, '.git/evil.sh')}`],
      ['protocol.ext.allow', 'always'],
    ] as const)
      git('config', name, value);
    expect(await chosen(root)).toEqual({ files: ['a.py', 'other/c.py'], told: [], inGit: true });
    expect(existsSync(mark)).toBe(false);
    // Git by itself starts it.
    execFileSync('sh', ['-c', 'git ls-files -c || true'], { cwd: root, stdio: 'pipe' });
    expect(existsSync(mark)).toBe(true);
  });

  it('cannot lead to files elsewhere by its settings', async () => {
    const elsewhere = folderOf({ 'other.txt': 'x', 'a.py': 'other' });
    const { root, git } = repository({ 'a.py': 'own' });
    git('config', 'core.worktree', elsewhere);
    const { files, read } = await chooseFiles({ root, environment: process.env });
    for (const { path } of files) expect([path, await read(path)]).toEqual(['a.py', 'own']);
  });

  it('is the one of the folder, whatever variables say about another', async () => {
    const { root } = repository({ 'a.py': '' });
    const other = repository({ 'b.py': '' });
    const environment = { ...process.env, GIT_DIR: join(other.root, '.git'), GIT_WORK_TREE: other.root };
    expect(await chosen(root, { environment })).toEqual({ files: ['a.py'], told: [], inGit: true });
  });
});
