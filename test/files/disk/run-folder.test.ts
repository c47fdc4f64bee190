import { execFile } from 'node:child_process';
import { chmod, link, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { removeFile } from '../../../src/files/disk/remove-file.ts';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { entriesOf, temporaryFolder } from '../temporary-folder.ts';

const posix = process.platform !== 'win32';

test('a relative folder is a mistake of the program that says so', () => {
  expect(() => new RunFolder('output')).toThrow(expect.objectContaining({ code: 'files.folder_not_absolute' }));
});

test('the first write creates the folder and those above the file; judging creates nothing', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(join(temporary.path, 'generated', 'run'));
  expect(await folder.resolve('src/a.py')).toEqual({ kind: 'accepted', path: 'src/a.py', file: join(folder.folder, 'src', 'a.py') });
  expect(await folder.write('../a.py', Buffer.from('a'))).toMatchObject({ kind: 'refused', refusal: { reason: 'outside' } });
  expect(await entriesOf(temporary.path)).toEqual([]);
  expect(await folder.write('./src\\a.py', Buffer.from('a'))).toEqual({ kind: 'written', path: 'src/a.py', outcome: 'created' });
  expect(await readFile(join(folder.folder, 'src/a.py'), 'utf8')).toBe('a');
});

test('the outcome tells what happened on the disk', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  expect(await folder.write('a', Buffer.from('one'))).toMatchObject({ outcome: 'created' });
  const { mtimeNs, ino } = await stat(join(temporary.path, 'a'), { bigint: true });
  expect(await folder.write('a', Buffer.from('one'))).toMatchObject({ outcome: 'unchanged' });
  expect(await stat(join(temporary.path, 'a'), { bigint: true })).toMatchObject({ mtimeNs, ino });
  expect(await folder.write('a', Buffer.from('two'))).toMatchObject({ outcome: 'updated' });
  expect(Buffer.from((await folder.read('a'))!).toString()).toBe('two');
  expect(await folder.read('b')).toBeUndefined();
  expect(await folder.read('../a')).toBeUndefined();
});

describe.runIf(posix)('scripts', () => {
  const modeOf = async (folder: string, name: string) => ((await stat(join(folder, name))).mode & 0o777).toString(8);

  test('a new file whose first line names its interpreter can be run by whoever may read it; nothing else can', async () => {
    await using temporary = await temporaryFolder();
    const folder = new RunFolder(temporary.path);
    const plain = 0o666 & ~process.umask();
    const contents = {
      'start.sh': '#!/bin/sh\n',
      'tool.py': '#! /usr/bin/env python3\n',
      'lib.rs': '#![allow(dead_code)]\n',
      'notes.md': '# Start\n#!/bin/sh\n',
      empty: '',
    };
    for (const [name, text] of Object.entries(contents)) await folder.write(name, Buffer.from(text));
    const modes = await Promise.all(Object.keys(contents).map(async (name) => [name, await modeOf(temporary.path, name)]));
    const runnable = (plain | ((plain & 0o444) >> 2)).toString(8);
    expect(Object.fromEntries(modes)).toEqual({
      'start.sh': runnable,
      'tool.py': runnable,
      'lib.rs': plain.toString(8),
      'notes.md': plain.toString(8),
      empty: plain.toString(8),
    });
  });

  test('a file that becomes a script can be run from then on, unless the modes are to be left to their owner', async () => {
    await using temporary = await temporaryFolder();
    const folder = new RunFolder(temporary.path);
    for (const name of ['mine', 'theirs']) {
      await folder.write(name, Buffer.from('echo\n'));
      await chmod(join(temporary.path, name), 0o640);
    }
    await folder.write('mine', Buffer.from('#!/bin/sh\necho\n'));
    await folder.write('theirs', Buffer.from('#!/bin/sh\necho\n'), { modes: 'keep' });
    expect([await modeOf(temporary.path, 'mine'), await modeOf(temporary.path, 'theirs')]).toEqual(['750', '640']);
  });
});

test.runIf(posix)('an updated file keeps its permissions', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  await folder.write('run.sh', Buffer.from('one'));
  await chmod(join(temporary.path, 'run.sh'), 0o755);
  await folder.write('run.sh', Buffer.from('two'));
  expect((await stat(join(temporary.path, 'run.sh'))).mode & 0o777).toBe(0o755);
});

describe('what stands on the disk is respected', () => {
  test('a folder is not replaced by a file, nor a file by a folder', async () => {
    await using temporary = await temporaryFolder();
    const folder = new RunFolder(temporary.path);
    await folder.write('a/b', Buffer.from('x'));
    expect(await folder.write('a', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'directory' } });
    expect(await folder.write('a/b/c', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'not_a_folder' } });
  });

  test.runIf(posix)('a pipe is neither read nor replaced', async () => {
    await using temporary = await temporaryFolder();
    await promisify(execFile)('mkfifo', [join(temporary.path, 'pipe')]);
    expect(await new RunFolder(temporary.path).write('pipe', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'not_a_file' } });
  });

  test('a name that differs only in capital letters is refused, for files and for folders', async () => {
    await using temporary = await temporaryFolder();
    const folder = new RunFolder(temporary.path);
    await folder.write('src/README.md', Buffer.from('x'));
    expect(await folder.write('src/readme.md', Buffer.from('y'))).toMatchObject({ refusal: { reason: 'case' } });
    expect(await folder.write('SRC/other.md', Buffer.from('y'))).toMatchObject({ refusal: { reason: 'case' } });
    expect(await entriesOf(temporary.path)).toEqual(['src', 'src/README.md']);
  });

  test('a name that differs only in how accents are encoded is refused', async () => {
    await using temporary = await temporaryFolder();
    const folder = new RunFolder(temporary.path);
    await folder.write('caf\u00E9.md', Buffer.from('x'));
    expect(await folder.write('cafe\u0301.md', Buffer.from('y'))).toMatchObject({ refusal: { reason: 'normalisation' } });
  });
});

describe.runIf(posix)('links', () => {
  test('a linked folder that leads out is refused, and nothing is written there', async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await symlink(outside.path, join(temporary.path, 'link'));
    const folder = new RunFolder(temporary.path);
    expect(await folder.write('link/a.py', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'link' } });
    expect(await folder.write('link/deep/a.py', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'link' } });
    expect(await entriesOf(outside.path)).toEqual([]);
  });

  test('a linked file that leads out is refused, and what it leads to stays', async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await writeFile(join(outside.path, 'secret'), 'secret');
    await symlink(join(outside.path, 'secret'), join(temporary.path, 'a.py'));
    await symlink(join(outside.path, 'missing'), join(temporary.path, 'b.py'));
    const folder = new RunFolder(temporary.path);
    for (const name of ['a.py', 'b.py']) expect(await folder.write(name, Buffer.from('x'))).toMatchObject({ refusal: { reason: 'link' } });
    expect(await folder.read('a.py')).toBeUndefined();
    expect(await readFile(join(outside.path, 'secret'), 'utf8')).toBe('secret');
    expect(await entriesOf(outside.path)).toEqual(['secret']);
  });

  test('a hard link to a file outside is replaced, and the file outside stays', async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await writeFile(join(outside.path, 'secret'), 'secret');
    await link(join(outside.path, 'secret'), join(temporary.path, 'a.py'));
    expect(await new RunFolder(temporary.path).write('a.py', Buffer.from('x'))).toMatchObject({ outcome: 'updated' });
    expect(await readFile(join(outside.path, 'secret'), 'utf8')).toBe('secret');
  });

  test('the folder itself may be reached through a link', async () => {
    await using temporary = await temporaryFolder();
    await using disk = await temporaryFolder();
    await symlink(disk.path, join(temporary.path, 'output'));
    const folder = new RunFolder(join(temporary.path, 'output', 'run'));
    expect(await folder.write('src/a.py', Buffer.from('x'))).toMatchObject({ outcome: 'created' });
    expect(await entriesOf(disk.path)).toEqual(['run', 'run/src', 'run/src/a.py']);
  });

  test('a folder that becomes a link after its path was found good is refused', async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await mkdir(join(temporary.path, 'src'));
    /** Swaps the folder for a link, as a program that races with the write would. */
    class Raced extends RunFolder {
      override async place(name: string) {
        const place = await super.place(name);
        await rename(join(temporary.path, 'src'), join(temporary.path, 'moved'));
        await symlink(outside.path, join(temporary.path, 'src'));
        return place;
      }
    }
    expect(await new Raced(temporary.path).write('src/a.py', Buffer.from('x'))).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'link' },
    });
    expect(await entriesOf(outside.path)).toEqual([]);
  });

  test('below the outermost folder no folder may be a link, also not the folder of the run itself', async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await writeFile(join(outside.path, 'a.py'), 'theirs');
    await mkdir(join(temporary.path, 'output'));
    await symlink(outside.path, join(temporary.path, 'output', 'run'));
    const folder = new RunFolder(join(temporary.path, 'output', 'run'), { within: temporary.path });
    expect(await folder.write('b.py', Buffer.from('x'))).toMatchObject({ refusal: { reason: 'link' } });
    expect(await folder.read('a.py')).toBeUndefined();
    expect(await removeFile(folder, 'a.py')).toMatchObject({ refusal: { reason: 'link' } });
    expect(await entriesOf(outside.path)).toEqual(['a.py']);
  });
});
