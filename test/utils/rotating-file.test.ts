import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RotatingFile } from '../../src/utils/rotating-file.ts';

describe('a rotating file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rotating-'));
    path = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = async (maxFiles: number, ...chunks: string[]) => {
    const file = new RotatingFile({ path, maxBytes: 10, maxFiles });
    for (const chunk of chunks) file.write(chunk);
    file.end();
    await once(file, 'close');
  };
  const files = () => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

  test('is filled up to its size before the next one begins, and chunks stay whole', async () => {
    await write(9, '12345', '67890', 'abc', 'longer than the whole file', 'd');
    expect(files()).toEqual({ 'log.3': '1234567890', 'log.2': 'abc', 'log.1': 'longer than the whole file', log: 'd' });
  });

  test.each([
    { maxFiles: 1, expected: { log: 'eeeeeeeeee' } },
    { maxFiles: 2, expected: { log: 'eeeeeeeeee', 'log.1': 'dddddddddd' } },
    { maxFiles: 3, expected: { log: 'eeeeeeeeee', 'log.1': 'dddddddddd', 'log.2': 'cccccccccc' } },
  ])('keeps no more than $maxFiles of them, the newest', async ({ maxFiles, expected }) => {
    await write(maxFiles, ...['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(10)));
    expect(files()).toEqual(expected);
  });

  test('goes on where an earlier program has stopped, and each file is for its owner only', async () => {
    await write(9, '12345');
    await write(9, '67890', 'a');
    expect(files()).toEqual({ 'log.1': '1234567890', log: 'a' });
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('has each chunk on the disk as soon as it is written', () => {
    const file = new RotatingFile({ path, maxBytes: 10, maxFiles: 2 });
    file.write('now');
    expect(files()).toEqual({ log: 'now' });
    file.destroy();
  });

  test('is finished with also where it could not be written', async () => {
    const file = new RotatingFile({ path, maxBytes: 10, maxFiles: 2 }).on('error', () => undefined);
    // The place of the older file is taken by a folder that is not empty, so that the files cannot be moved on.
    mkdirSync(join(folder, 'log.1', 'x'), { recursive: true });
    file.write('1234567890');
    file.write('more');
    await new Promise((resolve) => file.once('close', resolve));
    await expect(file.finish()).resolves.toBeUndefined();
  });

  test('says with the first chunk when it cannot be opened', async () => {
    writeFileSync(path, '');
    const file = new RotatingFile({ path: join(path, 'below'), maxBytes: 10, maxFiles: 2 });
    file.write('1');
    await expect(once(file, 'close')).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  test('is not there before there is something to write', async () => {
    await write(2);
    expect(files()).toEqual({});
  });
});
