import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { sweepTemporaryFilesOf } from '../../../src/files/disk/sweep-temporary-files.ts';
import { temporaryName, writeAtomically } from '../../../src/files/disk/write-atomically.ts';
import { entriesOf, temporaryFolder } from '../temporary-folder.ts';

test('the bytes are exactly those given', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a.bin');
  const content = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
  await writeAtomically({ file, content });
  expect(new Uint8Array(await readFile(file))).toEqual(content);
  expect(await entriesOf(folder.path)).toEqual(['a.bin']);
});

test('a write that is stopped right before the rename leaves the old content and nothing else', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a.txt');
  await writeFile(file, 'old');
  const stopped = writeAtomically({
    file,
    content: Buffer.from('new'),
    beforeRename: async () => {
      expect(await readFile(file, 'utf8')).toBe('old');
      throw new Error('stopped');
    },
  });
  await expect(stopped).rejects.toThrow('stopped');
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await entriesOf(folder.path)).toEqual(['a.txt']);
});

test('a rename that the system refuses leaves nothing behind', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a');
  await mkdir(join(file, 'full'), { recursive: true });
  await expect(writeAtomically({ file, content: Buffer.from('new') })).rejects.toMatchObject({ syscall: 'rename' });
  expect(await entriesOf(folder.path)).toEqual(['a', 'a/full']);
});

test('what a killed process left for an owner is removed; what others are writing, and what only looks like it, stays', async () => {
  await using folder = await temporaryFolder();
  const others = [temporaryName('other-run'), temporaryName(), '.my-run.notes.tmp', 'my-run.md'];
  for (const name of [temporaryName('my-run'), ...others]) await writeFile(join(folder.path, name), '');
  await sweepTemporaryFilesOf('my-run', new RunFolder(folder.path));
  expect(await entriesOf(folder.path)).toEqual(others.toSorted());
  await sweepTemporaryFilesOf('my-run', new RunFolder(join(folder.path, 'missing')));
});

test('a name as long as the system allows can be written', async () => {
  await using folder = await temporaryFolder();
  const name = 'x'.repeat(255);
  await writeAtomically({ file: join(folder.path, name), content: Buffer.from('a') });
  expect(await entriesOf(folder.path)).toEqual([name]);
});

test.skipIf(process.platform === 'win32')('the mode that is asked for is set', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'run.sh');
  await writeFile(file, 'old');
  await chmod(file, 0o600);
  await writeAtomically({ file, content: Buffer.from('new'), mode: 0o755 });
  expect((await stat(file)).mode & 0o777).toBe(0o755);
});
