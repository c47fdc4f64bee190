import { readdirSync } from 'node:fs';
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

vi.mock('node:fs', async (original) => {
  const module = await original<typeof import('node:fs')>();
  return { ...module, readdirSync: vi.fn<typeof module.readdirSync>(module.readdirSync) };
});

const bytes = Buffer.from('text\n');
const refusedForCase = { kind: 'refused', refusal: { reason: 'case' } };

test("a folder is not read anew for each of a run's own files", async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  await folder.write('first.md', bytes);
  vi.mocked(readdirSync).mockClear();
  for (let index = 0; index < 50; index += 1) await folder.write(`notes-${index}.md`, bytes);
  expect(vi.mocked(readdirSync).mock.calls.length).toBeLessThanOrEqual(2);
  expect(await folder.write('NOTES-7.md', bytes)).toMatchObject(refusedForCase);
});

test('what somebody else has put there since is seen', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  await folder.write('a.md', bytes);
  await writeFile(join(temporary.path, 'Readme.md'), bytes);
  await utimes(temporary.path, 1, 1);
  expect(await folder.write('README.md', bytes)).toMatchObject(refusedForCase);
});

test('a name that is gone stands in the way of nothing', async () => {
  await using temporary = await temporaryFolder();
  const folder = new RunFolder(temporary.path);
  await folder.write('Readme.md', bytes);
  await rm(join(temporary.path, 'Readme.md'));
  expect(await folder.write('README.md', bytes)).toMatchObject({ kind: 'written' });
  await rename(join(temporary.path, 'README.md'), join(temporary.path, 'readme.md'));
  expect(await folder.write('README.md', bytes)).toMatchObject(refusedForCase);
});
