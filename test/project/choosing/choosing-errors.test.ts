import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseFiles } from '../../../src/project/choosing/choose-files.ts';
import { folderOf } from '../../support/folder-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('what a person names and cannot be read', () => {
  it.each([
    ['files.outside', { globs: ['../*.py'] }],
    ['files.pattern', { globs: ['x'.repeat(2000)] }],
    ['files.no_match', { globs: ['*.nothing'] }],
    ['files.none', { globs: ['*.bin'] }],
    ['files.no_folder', { folders: ['away'] }],
  ])('is refused with %s, and says what to do', async (code, options) => {
    const root = folderOf({ 'a.py': 'x = 1\n', 'data.bin': 'a\0b' });
    symlinkSync(temporaryFolder(), join(root, 'away'));
    const choosing = chooseFiles({ root, environment: { PATH: '' }, ...options });
    await expect(choosing).rejects.toMatchObject({ code, hint: expect.any(String) });
  });
});
