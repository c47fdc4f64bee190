import { expect, test } from 'vitest';
import { taggedFile } from '../../../src/files/formats/tagged-file.ts';
import { blockOf } from './block-of.ts';

const files = (info: string, content: string, name?: { path: string }) =>
  taggedFile.filesOf(blockOf(info, content, { delimiter: 'tag' }), name);

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
  ['more children after the content', '<write_to_file>', '<path>a.py</path>\n<content>\na\n</content>\n<lines>1</lines>\n', 'a\n'],
  ['the path after the content', '<write_file>', '<content>\na\n</content>\n<path>a.py</path>\n', 'a\n'],
  ['a content that was cut off', '<write_file>', '<path>a.py</path>\n<content>\na\n', 'a\n'],
  [
    'parameters by name',
    '<invoke name="Write">',
    '<parameter name="file_path">a.py</parameter>\n<parameter name="content">a\n</parameter>\n',
    'a\n',
  ],
  ['parameters by sign', '<function=write>', '<parameter=path>\na.py\n</parameter>\n<parameter=content>\na\n</parameter>\n', 'a\n'],
  ['deeper children', '<write_file>', '<args>\n<file>\n<path>a.py</path>\n<content>\na\n</content>\n</file>\n</args>\n', 'a\n'],
  ['title= of an artifact', '<artifact identifier="x" title="a.py">', 'a\n', 'a\n'],
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
  expect(taggedFile.filesOf(blockOf('<file path="a.py">', 'a\n'), undefined)).toBeUndefined();
});

test('a change in tags is a change', () => {
  const markers = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n';
  const edit = { path: 'a.py', change: { kind: 'edit', before: 'a\n', after: 'b\n' } };
  expect(files('<file path="a.py">', markers)).toMatchObject([edit]);
  expect(files('<replace_in_file>', `<path>a.py</path>\n<diff>\n${markers}</diff>\n`)).toMatchObject([edit]);
  expect(files('<str_replace>', '<path>a.py</path>\n<old_str>a</old_str>\n<new_str>b</new_str>\n')).toMatchObject([edit]);
  expect(files('<insert_content>', '<path>a.py</path>\n<line>3</line>\n<content>\nb\n</content>\n')).toMatchObject([
    { path: 'a.py', change: { kind: 'insert', after: 'b\n', line: 3 } },
  ]);
  expect(files('<replace_in_file>', '<path>a.py</path>\n<diff>\na\n</diff>\n')).toMatchObject([{ change: { kind: 'unreadable' } }]);
});

test('each call in a tag around several is a file, and calls of other tools are none', () => {
  const call = (path: string) =>
    `<invoke name="Write">\n<parameter name="path">${path}</parameter>\n<parameter name="content">a</parameter>\n</invoke>\n`;
  expect(files('<function_calls>', call('a.py') + call('b.py'))?.map(({ path }) => path)).toEqual(['a.py', 'b.py']);
  expect(files('<tool_call>', '{"name": "write_file", "arguments": {"path": "a.py", "content": "a"}}')).toMatchObject([
    { path: 'a.py', content: 'a' },
  ]);
  expect(files('<tool_call>', '{"name": "read_file", "arguments": {"path": "a.py"}}')).toEqual([]);
});

test('tags without a path take the name that stands above them', () => {
  expect(files('<source>', 'a\n', { path: 'a.py' })).toMatchObject([{ path: 'a.py', content: 'a\n' }]);
});
