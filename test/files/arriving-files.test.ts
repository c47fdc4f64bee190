import { expect, test } from 'vitest';
import { ArrivingFiles } from '../../src/files/arriving-files.ts';
import { fileFormats } from '../../src/files/file-formats.ts';

const reply = [
  'First the program.\n\n```python:src/a.py\nx = 1\n```\n',
  '\n<file path="src/b.ts">\nlet b = 1;\n</file>\n',
  '\nCHANGE: src/c.py\n<<<<<<< CURRENT\na\n=======\nb\n>>>>>>> NEW\n',
  '\n```\nno name\n```\n',
];

test('each file comes out with the line that ends it, whatever is still to come', () => {
  const arriving = new ArrivingFiles(fileFormats);
  const found = reply.map((part) => part.split('').flatMap((character) => arriving.feed(character)));
  expect(found.map((blocks) => blocks.map((files) => files.map(({ path, change }) => [path, change.kind])))).toEqual([
    [[['src/a.py', 'whole']]],
    [[['src/b.ts', 'whole']]],
    [[['src/c.py', 'edit']]],
    [[]],
  ]);
});
