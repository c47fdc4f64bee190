import { expect, test } from 'vitest';
import { taggedFile } from '../../../src/files/formats/tagged-file.ts';
import { blockOf } from './block-of.ts';

const files = (info: string, content: string) => taggedFile.filesOf(blockOf(info, content, { delimiter: 'tag' }));

test.each([
  ['path=', '<file path="a.py">', 'a\n', 'a\n'],
  ['name= in single quotes', "<file name='a.py'>", 'a\n', 'a\n'],
  ['filePath= among others', '<boltAction type="file" filePath="a.py">', 'a\n', 'a\n'],
  ['a path inside', '<write_file>', '<path>a.py</path>\na\n', 'a\n'],
  ['a path and a content inside', '<write_file>', '<path> a.py </path>\n<content>\na\n</content>\n', 'a\n'],
  ['CDATA', '<file path="a.py">', '<![CDATA[\na\n]]>\n', 'a\n'],
  ['one fence around all', '<file path="a.py">', '```python\na\n```\n', 'a\n'],
  ['one empty fence', '<file path="a.py">', '```\n```\n', ''],
  ['several fences, which are content', '<file path="a.md">', '```\na\n```\nb\n```\nc\n```\n', '```\na\n```\nb\n```\nc\n```\n'],
  ['entities, which stay', '<file path="a.html">', '&lt;p&gt;\n', '&lt;p&gt;\n'],
  ['nothing', '<file path="a.py">', '', ''],
])('%s', (_name, info, content, expected) => {
  const [file] = files(info, content)!;
  expect(file).toMatchObject({ content: expected, change: { kind: 'whole' } });
  expect(file?.path).toMatch(/^a\.(?:py|md|html)$/);
  expect(content.slice(file!.range[0] - 100, file!.range[1] - 100)).toBe(expected);
});

test('a tag without a name is refused, not passed over', () => {
  expect(files('<file>', 'a\n')).toMatchObject([{ change: { kind: 'unreadable' } }]);
  expect(files('<file path="the main file">', 'a\n')).toMatchObject([{ change: { kind: 'unreadable' } }]);
});

test('a fence is none of its business', () => {
  expect(taggedFile.filesOf(blockOf('<file path="a.py">', 'a\n'))).toBeUndefined();
});
