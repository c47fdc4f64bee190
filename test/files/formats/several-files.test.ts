import { describe, expect, test } from 'vitest';
import { firstLine } from '../../../src/files/formats/first-line.ts';
import { severalFiles } from '../../../src/files/formats/several-files.ts';
import { blockOf } from './block-of.ts';

const several = (info: string, content: string, name?: { path: string }) =>
  severalFiles.filesOf(blockOf(info, content), name)?.map((file) => [file.path, file.content]);
const first = (info: string, content: string) =>
  firstLine.filesOf(blockOf(info, content), undefined)?.map((file) => [file.path, file.content]);

describe('several files in one fence', () => {
  test.each([
    ['labels', '', 'File: a.py\na\n\nFile: b.py\nb\n'],
    ['drawn lines', 'python', '=== a.py ===\n\na\n\n=== b.py ===\nb\n'],
    ['bold names', '', '**a.py**\na\n**b.py**\nb\n'],
  ])('below %s, which are no lines of theirs', (_name, info, content) => {
    expect(several(info, content)).toEqual([
      ['a.py', 'a\n'],
      ['b.py', 'b\n'],
    ]);
  });

  test('of more than a reply may hold the last that is read is no file, since it would hold the others', () => {
    const content = Array.from({ length: 6000 }, (_, index) => `File: ${index}.py\n${index}\n`).join('');
    const files = severalFiles.filesOf(blockOf('', content), undefined)!;
    expect(files).toHaveLength(5000);
    expect(files.filter(({ change }) => change.kind !== 'whole').map(({ path }) => path)).toEqual(['4999.py']);
  });

  test('below comments, which are', () => {
    expect(several('js', '// a.js\na();\n\n// b.js\nb();\n')).toEqual([
      ['a.js', '// a.js\na();\n\n'],
      ['b.js', '// b.js\nb();\n'],
    ]);
  });

  test.each([
    ['one file', '', 'File: a.py\na\n'],
    ['a comment about another file', 'dockerfile', '# Dockerfile\nFROM x\n# package.json\nCOPY package.json .\n'],
    ['a page', 'md', '# a.md\nx\n# b.md\ny\n'],
    ['text before the first name', 'js', 'x();\n// a.js\na();\n// b.js\nb();\n'],
    ['fences below the names', '', 'File: a.py\n```\na\n```\nFile: b.py\n```\nb\n```\n'],
  ])('%s is none of them', (_name, info, content) => {
    expect(several(info, content)).toBeUndefined();
  });

  test('a block that has another name is that file', () => {
    expect(several('js', '// a.js\na();\n// b.js\nb();\n', { path: 'all.js' })).toBeUndefined();
  });
});

describe('the first line is the name', () => {
  test.each([
    ['python', 'src/a.py\nx = 1\n'],
    ['python', 'src/a.py:\n\nx = 1\n'],
    ['python', 'File: src/a.py\nx = 1\n'],
    ['', 'src/a.py\nx = 1\n'],
  ])('%s %j', (info, content) => {
    expect(first(info, content)).toEqual([['src/a.py', 'x = 1\n']]);
  });

  test.each([
    ['a list of files', '', 'src/a.py\nsrc/b.py\n'],
    ['nothing below it', '', 'src/a.py\n'],
    ['code in another language', 'js', 'src/a.py\nx\n'],
    ['what is only shown', 'text', 'src/a.py\nx\n'],
  ])('%s: it is none', (_name, info, content) => {
    expect(first(info, content)).toBeUndefined();
  });
});
