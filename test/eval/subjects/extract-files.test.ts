import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFiles } from '../../../eval/src/subjects/extract-files.ts';
import { listFiles } from '../../../eval/src/tasks/list-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const code = (name: string) => `def ${name}():\n    return "${name}"\n`;
const fence = (content: string, info = 'python') => `\`\`\`${info}\n${content}\`\`\`\n`;
const long = `${code('long')}${code('longer')}`;

describe('the files of a reply to one prompt', () => {
  it.each([
    [
      'are those that it names',
      ['a.py', 'b.py'],
      `a.py\n${fence(code('a'))}\nb.py\n${fence(code('b'))}`,
      { 'a.py': code('a'), 'b.py': code('b') },
    ],
    [
      'are the largest block where one file is wanted and none is named',
      ['a.py'],
      `${fence(code('x'))}then\n${fence(long)}`,
      { 'a.py': long },
    ],
    [
      'are blocks of the right language, without what only says how to start it',
      ['a.py'],
      `${fence(code('a'))}Run it:\n${fence('python a.py with many words\n'.repeat(9), 'bash')}`,
      { 'a.py': code('a') },
    ],
    [
      'are the reply itself where a document is wanted and its blocks are examples',
      ['docs/a.md'],
      `# A\n\nStart it:\n\n${fence('a --now\n', 'sh')}`,
      { 'docs/a.md': `# A\n\nStart it:\n\n${fence('a --now\n', 'sh')}` },
    ],
    [
      'are unnamed blocks in order where several are wanted',
      ['a.py', 'b.py'],
      `${fence(code('a'))}and\n${fence(code('b'))}`,
      { 'a.py': code('a'), 'b.py': code('b') },
    ],
    [
      'are unnamed blocks for what is still missing',
      ['a.py', 'b.py'],
      `a.py\n${fence(code('a'))}The other:\n${fence(code('b'))}`,
      { 'a.py': code('a'), 'b.py': code('b') },
    ],
    ['are found under the last part of their names', ['src/a.py'], `a.py\n${fence(code('a'))}`, { 'src/a.py': code('a') }],
    ['are the whole reply where it has no block at all', ['a.py'], code('a'), { 'a.py': code('a') }],
    ['are a block without a language', ['a.py'], fence(code('a'), ''), { 'a.py': code('a') }],
    [
      'are taken although they leave a part out, as a person would have copied them',
      ['a.py'],
      `a.py\n${fence(`${code('a')}# ... rest of the code unchanged ...\n`)}`,
      { 'a.py': `${code('a')}# ... rest of the code unchanged ...\n` },
    ],
    ['are none in an answer that holds none', ['a.py', 'b.py'], 'I am sorry.', {}],
    ['are none outside of the folder', ['a.py'], `../a.py\n${fence(code('x'))}`, { 'a.py': code('x') }],
  ] as const)('%s', async (_, files, reply, expected) => {
    const folder = temporaryFolder();
    await extractFiles({ reply, task: { files: [...files], project: [] }, folder });
    const found = Object.fromEntries(listFiles(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    // Beside what is wanted there may be more; nothing that is wanted may be anything else.
    expect(found).toMatchObject(expected);
    expect(files.filter((path) => !(path in expected) && path in found)).toEqual([]);
  });

  it('may be edits of the files that the user has', async () => {
    const folder = temporaryFolder();
    const project = [{ path: 'a.py', content: code('a') }];
    const reply = 'a.py\n```\n<<<<<<< SEARCH\n    return "a"\n=======\n    return "b"\n>>>>>>> REPLACE\n```\n';
    await extractFiles({ reply, task: { files: ['a.py'], project }, folder });
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe('def a():\n    return "b"\n');
  });
});
