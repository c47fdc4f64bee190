import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureFolder, ensureFolderSync } from '../../src/utils/ensure-folder.ts';

describe.each([
  { name: 'ensureFolder', ensure: ensureFolder },
  { name: 'ensureFolderSync', ensure: async (path: string) => ensureFolderSync(path) },
])('$name', ({ ensure }) => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ensure-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('makes a folder with those above it, and is content with one that is there', async () => {
    const deep = join(folder, 'a', 'b', 'c');
    await ensure(deep);
    await ensure(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  test.each(['file', 'file/below', 'file/below/it'])('says what the system says where a file is in the way: %s', async (path) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(ensure(join(folder, path))).rejects.toMatchObject({ code: expect.stringMatching(/^(EEXIST|ENOTDIR)$/) as string });
  });

  // With the recursive option of mkdir, Node tries this again and again without an end.
  test.skipIf(!existsSync('/proc/self'))('ends where a file system takes no folders and says that there is no such path', async () => {
    await expect(ensure('/proc/no-such-folder/below')).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOENT|EACCES)$/) as string,
    });
  });
});
