import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../../src/tools/built-in/list-files.ts';
import { folderOf } from '../../support/folder-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { callTool, hostilePaths, toolContext } from '../tool-context.ts';
import { hostileProject } from './hostile-project.ts';

const list = (workspace: string, given: Record<string, unknown>) => callTool(listFiles, given, toolContext(workspace));

describe('list_files', () => {
  it('lists a folder without what is none of the project, or is kept from the team', async () => {
    const project = hostileProject();
    const { output, isError } = await list(project, {});
    expect(isError).toBe(false);
    expect(output.split('\n').filter((line) => line !== '')).toEqual([
      '.env',
      '.multiagentignore',
      'a.txt',
      'binary.txt',
      'codes.txt',
      'huge.txt',
      'link-out (a link)',
      'link.txt (a link)',
      'long.txt',
      'notes.md',
      'picture.png',
      'pipe.txt (no regular file)',
      'src/',
      'zero.txt (a link)',
    ]);
    for (const folder of ['', '.', './']) expect((await list(project, { folder })).output).toBe(output);
    for (const folder of ['src', 'src/', './src', 'src/.', String.raw`src\\`]) {
      expect((await list(project, { folder })).output).toBe('b.ts\ndeep/\nid_rsa\n');
    }
  });

  it.each([...hostilePaths, '/', '//', '..', './..', '.git', '.git/', '.multiagent', '~', 'kept', 'kept/', 'a.txt', 'pipe.txt'])(
    'refuses %j in a sentence',
    async (folder) => {
      const result = await list(hostileProject(), { folder });
      expect(result.isError).toBe(true);
      expect(result.output).not.toMatch(/secret\.txt'?\n|passwd\n|x\.txt|[^\P{Cc}\n]/u);
    },
  );

  it('shows names that hide something by what they are', async () => {
    const project = temporaryFolder();
    writeFileSync(join(project, 'a\u001B[2Jb\n.txt'), '');
    mkdirSync(join(project, '```'));
    expect((await list(project, {})).output).toBe('`\u2009`\u2009`/\na\\u{1b}[2Jb\\u{a}.txt\n');
  });

  it('cuts a long list, and says that a folder is empty', async () => {
    const project = folderOf(Object.fromEntries(Array.from({ length: 1000 }, (_, number) => [`${number}.txt`, ''])));
    expect(await list(project, {})).toMatchObject({ cut: { lines: 800 }, metadata: { entries: 1000 } });
    expect((await list(temporaryFolder(), {})).output).toBe('The folder is empty.\n');
  });
});
