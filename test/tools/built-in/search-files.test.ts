import { describe, expect, it } from 'vitest';
import { searchFiles } from '../../../src/tools/built-in/search-files.ts';
import { folderOf } from '../../support/folder-of.ts';
import { callTool, hostilePaths, toolContext } from '../tool-context.ts';
import { hostileProject } from './hostile-project.ts';

const search = (workspace: string, given: Record<string, unknown>) => callTool(searchFiles, given, toolContext(workspace));

describe('search_files', () => {
  it('finds a text letter by letter, whatever its case', async () => {
    const project = folderOf({ 'src/a.ts': 'let A;\n  call(A.*b);\n', 'b.md': 'nothing\nCALL(a.*B)\n' });
    expect(await search(project, { text: 'a.*b' })).toEqual({
      output: 'b.md:2: CALL(a.*B)\nsrc/a.ts:2: call(A.*b);\n',
      isError: false,
      metadata: { hits: 2, files: 2, more: false },
    });
    expect((await search(project, { text: 'call', folder: 'src/' })).output).toBe('src/a.ts:2: call(A.*b);\n');
    expect(await search(project, { text: 'a.+b' })).toMatchObject({
      output: "No line contains 'a.+b'. Files that were searched: 2.\n",
      isError: false,
    });
  });

  it('tells whoever looks for a file by its name where that is', async () => {
    const { output } = await search(folderOf({ 'src/a.ts': 'let A;\n', 'b.md': 'nothing\n' }), { text: 'A.TS' });
    expect(output).toContain('It stands in the names of files: src/a.ts.');
  });

  it('finds nothing in what the team does not read', async () => {
    const result = await search(hostileProject(), { text: 'the-secret' });
    expect(result).toMatchObject({ isError: false, metadata: { hits: 0 } });
    expect(await search(hostileProject(), { text: 'the-secret', folder: 'kept' })).toMatchObject({ isError: true });
  });

  it.each([...hostilePaths, '/', '..', '.git', '.multiagent', 'link-out', 'pipe.txt/x'])(
    'refuses the folder %j in a sentence',
    async (folder) => {
      const result = await search(hostileProject(), { text: 'secret', folder });
      expect(result.isError).toBe(true);
      expect(result.output).not.toMatch(/the-secret|[^\P{Cc}\n]/u);
    },
  );

  it.each([
    ['', 'it must not be empty'],
    ['a\nb', 'it must be a part of one line'],
    ['x'.repeat(201), 'it must have at most 200 characters'],
  ])('refuses to look for %j', async (text, why) => {
    expect(await search(folderOf({ a: '' }), { text })).toMatchObject({ isError: true, output: expect.stringContaining(why) });
  });

  it('shows long lines in part, many lines up to a limit, and nothing that a terminal obeys', async () => {
    const project = folderOf({ 'a.txt': `${'x'.repeat(3000)} here\u001B[2J\n`, 'b.txt': 'there\n'.repeat(1000) });
    const { output } = await search(project, { text: 'here' });
    expect(output).toMatch(/^a\.txt:1: …x{39} here\n/);
    expect(await search(project, { text: 'there' })).toMatchObject({ metadata: { hits: 200, more: true } });
  });
});
