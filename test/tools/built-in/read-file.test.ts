import { describe, expect, it } from 'vitest';
import { readFile } from '../../../src/tools/built-in/read-file.ts';
import { folderOf } from '../../support/folder-of.ts';
import { callTool, hostilePaths, toolContext } from '../tool-context.ts';
import { hostileProject } from './hostile-project.ts';

const read = (workspace: string, given: Record<string, unknown>) => callTool(readFile, given, toolContext(workspace));

describe('read_file', () => {
  it('shows a file as it is, however its path is written', async () => {
    const project = folderOf({ 'src/a.ts': '\tlet a;  \n\n// end' });
    for (const path of ['src/a.ts', './src/a.ts', 'src//a.ts', String.raw`src\a.ts`]) {
      expect(await read(project, { path })).toEqual({
        output: '\tlet a;  \n\n// end',
        isError: false,
        metadata: { path: 'src/a.ts', firstLine: 1, shownLines: 3, lines: 3 },
      });
    }
  });

  it('shows a part of the lines', async () => {
    const project = folderOf({ a: '1\n2\n3\n4\n', empty: '' });
    expect(await read(project, { path: 'a', first_line: 2, line_count: 2 })).toMatchObject({ output: '2\n3\n', isError: false });
    expect(await read(project, { path: 'a', first_line: 4, line_count: 20 })).toMatchObject({ output: '4\n' });
    expect(await read(project, { path: 'a', first_line: 5 })).toMatchObject({ output: "'a' has only 4 lines.", isError: true });
    expect(await read(project, { path: 'empty' })).toMatchObject({ output: '', isError: false });
  });

  it('cuts a long file, and says what was left out', async () => {
    const project = folderOf({ 'a.txt': Array.from({ length: 1000 }, (_, number) => `line ${number}\n`).join('') });
    const { output, cut } = await read(project, { path: 'a.txt' });
    expect(cut).toMatchObject({ lines: 800, afterLine: 50 });
    expect(output).toMatch(/line 49\n… 800 lines, \d+ bytes left out …\nline 850\n/);
  });

  it.each(hostilePaths)('refuses %j in a sentence, and reads nothing', async (path) => {
    const result = await read(hostileProject(), { path });
    expect(result.isError).toBe(true);
    expect(result.output).not.toMatch(/the-secret|root:|[^\P{Cc}\n]/u);
    expect(result.output.length).toBeLessThan(600);
  });

  it.each([
    ['.env', 'by its name, it holds keys or passwords'],
    ['src/id_rsa', 'by its name, it holds keys or passwords'],
    ['notes.md', 'its line 3 looks like a private key'],
    ['kept/x.txt', 'the project keeps it from the team'],
    ['private.txt', 'the project keeps it from the team'],
    ['picture.png', 'by its name, it is not a text file'],
    ['binary.txt', 'it is not a text file'],
    ['huge.txt', 'it is larger than 256 kB'],
    ['src', 'it is a folder'],
    ['pipe.txt', 'it is not a regular file'],
    ['link.txt', 'it is a link'],
    ['zero.txt', 'it is a link'],
    ['link-out/outside.txt', 'it is reached through a link'],
  ])('does not show %s, because %s', async (path, why) => {
    const result = await read(hostileProject(), { path });
    expect(result).toMatchObject({ isError: true, output: expect.stringContaining(`'${path}' cannot be read: ${why}`) });
    expect(result.output).not.toContain('the-secret');
  });

  it('shows long lines in part, and nothing that a terminal obeys', async () => {
    const project = hostileProject();
    const long = await read(project, { path: 'long.txt' });
    expect(long.output.length).toBeLessThan(10_100);
    expect(long.output).toMatch(/left out …\n(?:y+\n)?the end\n$/);
    const codes = await read(project, { path: 'codes.txt' });
    expect(codes.output).toBe('plain [31mred[0m turned here\n');
  });

  it('tells a model that a file is not there, and how to find it', async () => {
    expect(await read(hostileProject(), { path: 'src/c.ts' })).toMatchObject({
      isError: true,
      output: "There is no file 'src/c.ts'. list_files shows what is in a folder.",
    });
  });
});
