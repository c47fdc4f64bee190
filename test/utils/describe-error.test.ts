import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unreadableReason } from '../../src/utils/describe-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unreadable-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['missing', 'there is no such file'],
  ['file/below', 'a part of its path is a file'],
  ['.', 'it is a folder'],
])('%s cannot be read: %s', async (name, reason) => {
  const error: unknown = await readFile(join(folder, name)).catch((caught: unknown) => caught);
  expect(unreadableReason(error)).toBe(reason);
});

test('what is not known is told in the words of whoever said it', () => {
  expect(unreadableReason(new Error('the tape is torn'))).toBe('the tape is torn');
  expect(unreadableReason('torn')).toBe('torn');
});
