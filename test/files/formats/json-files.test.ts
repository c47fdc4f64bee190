import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFiles } from '../../../src/files/formats/json-files.ts';
import { blockOf } from './block-of.ts';

const files = (content: string, info = 'json') => jsonFiles.filesOf(blockOf(info, content), undefined);
const brief = (content: string) => files(content)?.map((file) => [file.path, file.content]);

test.each([
  ['a list of files', { files: [{ path: 'a.py', content: 'a\n' }] }],
  ['the list alone', [{ path: 'a.py', content: 'a\n' }]],
  ['other words', { files: [{ file_path: 'a.py', code: 'a\n', language: 'python' }] }],
  ['a map', { files: { 'a.py': 'a\n' } }],
  ['lines', { files: [{ path: 'a.py', content: ['a'] }] }],
  ['a call of a tool', { name: 'write_file', arguments: { path: 'a.py', content: 'a\n' } }],
  ['a call whose arguments are a string', { tool: 'write_file', args: '{"path": "a.py", "content": "a\\n"}' }],
  [
    'calls as servers have them',
    { tool_calls: [{ type: 'function', function: { name: 'write', arguments: '{"path":"a.py","content":"a\\n"}' } }] },
  ],
  ['a call by its key', { create_file: { file_path: 'a.py', file_text: 'a\n' } }],
  ['one file', { filename: 'a.py', contents: 'a\n' }],
])('%s', (_name, value) => {
  expect(brief(JSON.stringify(value, undefined, 2))).toEqual([['a.py', 'a\n']]);
});

test('line endings within strings, which are no JSON, are forgiven', () => {
  expect(brief('{"files": [{"path": "a.py", "content": "a \\"b\\"\n\tc\n"}]}')).toEqual([['a.py', 'a "b"\n\tc\n']]);
});

test('calls that follow each other, marks before them and words around them', () => {
  const call = (path: string) => JSON.stringify({ name: 'write_file', arguments: { path, content: 'a' } });
  for (const text of [
    `${call('a.py')}\n${call('b.py')}\n`,
    `Now:\n${call('a.py')}\n\nthen\n${call('b.py')}\nDone.\n`,
    `[TOOL_CALLS][${call('a.py')},${call('b.py')}]`,
  ])
    expect(brief(text)).toEqual([
      ['a.py', 'a'],
      ['b.py', 'a'],
    ]);
});

test('a call that replaces text is an edit', () => {
  const value = { name: 'edit_file', arguments: { path: 'a.py', old_string: 'a', new_string: 'b' } };
  expect(files(JSON.stringify(value))).toMatchObject([{ path: 'a.py', change: { kind: 'edit', before: 'a', after: 'b' } }]);
});

test.each([
  ['data with a name and a text', '{"name": "settings.json", "text": "hello"}'],
  ['data', '{"name": "x", "version": "1.0.0"}'],
  ['a map of strings without the word files', '{"a.py": "x"}'],
  ['entries without content', '{"files": ["a.py", "b.py"]}'],
  ['an entry that is none', '{"files": [{"path": "a.py", "content": "a"}, {"path": "b.py"}]}'],
  ['names that are none', '{"files": [{"path": "the main file", "content": "a"}]}'],
  ['no files', '{"files": []}'],
  ['broken JSON', '{"files": [{"path": "a.py", "content": "a'],
  ['no object', 'a = 1\n'],
])('%s is no answer with files', (_name, content) => {
  expect(files(content)).toBeUndefined();
});

test('a block of another language or with a name is none', () => {
  const content = '{"files": [{"path": "a.py", "content": "a"}]}';
  expect(files(content, 'python')).toBeUndefined();
  expect(files(content, 'http://x/y')).toBeUndefined();
  expect(jsonFiles.filesOf(blockOf('json', content), { path: 'data.json' })).toBeUndefined();
});

test('any content comes out as it went in, and its place is that of its string', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (contents) => {
      const text = JSON.stringify({ files: contents.map((content, index) => ({ path: `${index}.py`, content })) });
      const found = files(text)!;
      expect(found.map(({ content }) => content)).toEqual(contents);
      for (const { range, content } of found) expect(JSON.parse(text.slice(range[0] - 100, range[1] - 100))).toBe(content);
    }),
  );
});
