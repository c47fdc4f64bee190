import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRegularFile, readRegularFile } from '../../src/utils/read-regular-file.ts';
import { makePipe } from '../support/make-pipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a file is read up to its bound, byte for byte', () => {
  const path = join(temporaryFolder(), 'a');
  const content = Buffer.alloc(200_000, 'abc');
  writeFileSync(path, content);
  expect(readRegularFile(path, 200_000).equals(content)).toBe(true);
  expect(() => readRegularFile(path, 199_999)).toThrow(expect.objectContaining({ reason: 'too_large' }));
});

it.runIf(process.platform === 'linux')('the sizes that the system tells of its own files are not believed', () => {
  expect(readRegularFile('/proc/self/status', 100_000).length).toBeGreaterThan(100);
  expect(() => readRegularFile('/proc/self/status', 100)).toThrow(expect.objectContaining({ reason: 'too_large' }));
});

it.runIf(process.platform !== 'win32')('a pipe, a device and a folder are refused at once, also behind a link', async () => {
  const folder = temporaryFolder();
  makePipe(join(folder, 'pipe'));
  symlinkSync(join(folder, 'pipe'), join(folder, 'link'));
  symlinkSync('/dev/zero', join(folder, 'device'));
  mkdirSync(join(folder, 'folder'));
  for (const name of ['pipe', 'link', 'device', 'folder']) {
    expect(() => readRegularFile(join(folder, name), 10)).toThrow(expect.objectContaining({ reason: 'no_file' }));
    await expect(openRegularFile(join(folder, name))).rejects.toMatchObject({ reason: 'no_file' });
  }
});

it('what is missing is the error of the system', () => {
  expect(() => readRegularFile(join(temporaryFolder(), 'missing'), 10)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
