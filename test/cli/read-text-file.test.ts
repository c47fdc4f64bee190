import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTextFile, type TextFile } from '../../src/cli/read-text-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const codes: readonly [TextFile, string][] = [
  ['requirement', 'requirement.unreadable'],
  ['project file', 'project_file.unreadable'],
  ['inputs file', 'inputs_file.unreadable'],
  ['edited file', 'edited_file.unreadable'],
];

describe('readTextFile', () => {
  it.each(codes)('says of a %s that cannot be read what it is, and why: %s', async (what, code) => {
    const folder = temporaryFolder();
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'folder'));
    const cases = {
      'there is no such file': join(folder, 'missing'),
      'it is a folder': join(folder, 'folder'),
      'it is not a text file': file('binary', 'a\0b'),
      'it is not UTF-8 text': file('latin', Buffer.from([0x61, 0xe9, 0x62])),
    };
    for (const [why, path] of Object.entries(cases))
      await expect(readTextFile(path, what)).rejects.toMatchObject({
        code,
        category: 'usage',
        message: expect.stringMatching(new RegExp(`^The ${what} .* cannot be read: ${why}`)),
      });
  });

  it('leaves out the mark that some editors put at the beginning', async () => {
    const path = join(temporaryFolder(), 'a.md');
    writeFileSync(path, '\uFEFFBuild it.');
    expect(await readTextFile(path, 'requirement')).toBe('Build it.');
  });
});
