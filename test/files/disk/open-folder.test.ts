import { mkdir, readFile, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenFolder } from '../../../src/files/disk/open-folder.ts';
import { writeAtomically } from '../../../src/files/disk/write-atomically.ts';
import { entriesOf, temporaryFolder } from '../temporary-folder.ts';

test.runIf(process.platform === 'linux')('what is done in an open folder is done there, whatever stands at its path by then', async () => {
  await using temporary = await temporaryFolder();
  await using outside = await temporaryFolder();
  const path = join(temporary.path, 'src');
  await mkdir(path);
  await writeFile(join(path, 'b.py'), 'ours');
  await writeFile(join(outside.path, 'b.py'), 'theirs');
  using folder = OpenFolder.open(path)!;
  expect(folder.isStill(path)).toBe(true);
  await rename(path, join(temporary.path, 'moved'));
  await symlink(outside.path, path);

  expect(folder.isStill(path)).toBe(false);
  await writeAtomically({ file: folder.entry('a.py'), content: Buffer.from('x') });
  await unlink(folder.entry('b.py'));

  expect(await entriesOf(outside.path)).toEqual(['b.py']);
  expect(await readFile(join(temporary.path, 'moved', 'a.py'), 'utf8')).toBe('x');
  expect(await entriesOf(join(temporary.path, 'moved'))).toEqual(['a.py']);
});

test('a link and a file are no folders, and one that is missing is an error of the system', async () => {
  await using temporary = await temporaryFolder();
  await writeFile(join(temporary.path, 'file'), '');
  if (process.platform !== 'win32') await symlink(temporary.path, join(temporary.path, 'link'));
  else await mkdir(join(temporary.path, 'other'));
  for (const name of ['file', ...(process.platform === 'win32' ? [] : ['link'])])
    expect(OpenFolder.open(join(temporary.path, name))).toBeUndefined();
  expect(() => OpenFolder.open(join(temporary.path, 'missing'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
