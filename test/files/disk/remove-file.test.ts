import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeFile } from '../../../src/files/disk/remove-file.ts';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { entriesOf, temporaryFolder } from '../temporary-folder.ts';

const posix = process.platform !== 'win32';

test('a file goes with the folders that it leaves empty, and never the folder of the run', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  for (const name of ['a/b/c.py', 'a/d.py', 'e.py']) await folder.write(name, Buffer.from('x'));
  expect(await removeFile(folder, './a\\b/c.py')).toEqual({ kind: 'removed', path: 'a/b/c.py', outcome: 'removed' });
  expect(await entriesOf(temporary.path)).toEqual(['a', 'a/d.py', 'e.py']);
  expect(await removeFile(folder, 'a/d.py')).toMatchObject({ outcome: 'removed' });
  expect(await removeFile(folder, 'a/d.py')).toMatchObject({ outcome: 'missing' });
  expect(await removeFile(folder, 'e.py')).toMatchObject({ outcome: 'removed' });
  expect(await entriesOf(temporary.path)).toEqual([]);
});

test.each(['../a.py', '/a.py', '.git/config', ''])('a name that would not be written is not removed: %s', async (name) => {
  await using temporary = await temporaryFolder();
  expect(await removeFile(new RunFolder(temporary.path), name)).toMatchObject({ kind: 'refused' });
});

test.runIf(posix)('nothing is removed through a link, neither of a folder nor of the file itself', async () => {
  await using temporary = await temporaryFolder();
  await using outside = await temporaryFolder();
  await mkdir(join(outside.path, 'deep'));
  await writeFile(join(outside.path, 'deep', 'a.py'), 'theirs');
  await symlink(outside.path, join(temporary.path, 'src'));
  await symlink(join(outside.path, 'deep', 'a.py'), join(temporary.path, 'a.py'));
  const folder = new RunFolder(temporary.path);
  expect(await removeFile(folder, 'src/deep/a.py')).toMatchObject({ kind: 'refused', refusal: { reason: 'link' } });
  expect(await removeFile(folder, 'a.py')).toMatchObject({ kind: 'refused', refusal: { reason: 'link' } });
  expect(await entriesOf(outside.path)).toEqual(['deep', 'deep/a.py']);
});

test.runIf(process.platform === 'linux')(
  'a folder that becomes a link between the look and the removal protects what it leads to',
  async () => {
    await using temporary = await temporaryFolder();
    await using outside = await temporaryFolder();
    await mkdir(join(temporary.path, 'src'));
    for (const path of [join(temporary.path, 'src'), outside.path]) await writeFile(join(path, 'a.py'), 'x');
    class Raced extends RunFolder {
      override async place(name: string) {
        const place = await super.place(name);
        await rename(join(temporary.path, 'src'), join(temporary.path, 'moved'));
        await symlink(outside.path, join(temporary.path, 'src'));
        return place;
      }
    }
    await removeFile(new Raced(temporary.path), 'src/a.py');
    expect(await entriesOf(outside.path)).toEqual(['a.py']);
  },
);
