import { describe, expect, test } from 'vitest';
import { editBlock } from '../../../src/files/formats/edit-block.ts';
import { blockOf } from './block-of.ts';

const files = (content: string, name?: { path: string }) => editBlock.filesOf(blockOf('', content), name);
const edit = (before: string, after: string) => `<<<<<<< CURRENT\n${before}=======\n${after}>>>>>>> NEW\n`;

test.each([
  ['CURRENT and NEW', edit('a\n', 'b\n')],
  ['SEARCH and REPLACE', '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n'],
  ['ORIGINAL and UPDATED', '<<<<<<< ORIGINAL\na\n=======\nb\n>>>>>>> UPDATED\n'],
  ['a branch', '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> feature/x\n'],
  ['no words', '<<<<<<<\na\n=======\nb\n>>>>>>>\n'],
  ['fewer signs', '<<<<< SEARCH\na\n=====\nb\n>>>>> REPLACE\n'],
  ['dashes and plus signs', '------- SEARCH\na\n=======\nb\n+++++++ REPLACE\n'],
  ['spaces after the markers', '<<<<<<< SEARCH  \na\n=======  \nb\n>>>>>>> REPLACE  \n'],
  ['CRLF', '<<<<<<< SEARCH\r\na\n=======\r\nb\n>>>>>>> REPLACE\r\n'],
  ['a second line of equals signs as the end', '<<<<<<< CURRENT\na\n=======\nb\n=======\n'],
  ['a second line of equals signs before the end', '<<<<<<< CURRENT\na\n=======\nb\n=======\n>>>>>>> NEW\n'],
])('an edit with %s is read', (_name, content) => {
  expect(files(content, { path: 'x.py' })).toMatchObject([{ path: 'x.py', change: { kind: 'edit', before: 'a\n', after: 'b\n' } }]);
});

test('indentation, blank lines and an empty side are kept as they are', () => {
  expect(files(edit('  a\n\n', '\tb\n'))).toMatchObject([{ change: { before: '  a\n\n', after: '\tb\n' } }]);
  expect(files(edit('', 'b\n'))).toMatchObject([{ change: { before: '', after: 'b\n' } }]);
  expect(files(edit('a\n', ''))).toMatchObject([{ change: { before: 'a\n', after: '' } }]);
});

test('a line of equals signs in the new text is part of it', () => {
  expect(files(edit('a\n', 'Title\n=======\ntext\n'))).toMatchObject([{ change: { after: 'Title\n=======\ntext\n' } }]);
});

test('each edit says where it stands and which file it is for', () => {
  const content = `a.py\n${edit('a\n', 'b\n')}\nCHANGE: b.py\n${edit('c\n', 'd\n')}${edit('e\n', 'f\n')}`;
  const found = files(content)!;
  expect(found.map(({ path }) => path)).toEqual(['a.py', 'b.py', 'b.py']);
  for (const { range, content: text } of found) expect(content.slice(range[0] - 100, range[1] - 100)).toBe(text);
});

describe('an edit that is not whole says what it lacks', () => {
  test.each([
    ['<<<<<<< CURRENT\na\n', /'======='/],
    ['<<<<<<< CURRENT\na\n>>>>>>> NEW\n', /'======='/],
    ['<<<<<<< CURRENT\na\n=======\nb\n', /no end/],
    [`<<<<<<< CURRENT\na\n=======\nb\n${edit('c\n', 'd\n')}`, /no end/],
  ])('%j', (content, reason) => {
    expect(files(content)![0]!.change).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) });
  });
});

test('between markers that only edits have, remarks are none of the file', () => {
  const worded = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n';
  for (const remark of ['# raise the limit\n', '...\n', 'Here is the change:\n'])
    expect(files(remark + worded + remark, { path: 'x.py' })).toMatchObject([{ path: 'x.py', change: { kind: 'edit' } }]);
  for (const comment of ['# src/y.py\n', '// src/y.py\n', '/* src/y.py */\n'])
    expect(files(comment + worded)).toMatchObject([{ path: 'src/y.py' }]);
});

test("an edit that lost its first marker is no file, and nobody else's edit", () => {
  expect(files('a\n=======\nb\n>>>>>>> REPLACE\n', { path: 'x.py' })).toMatchObject([{ path: '', change: { kind: 'unreadable' } }]);
});

test('the numbers of lines that some agents put into an edit are none of its text', () => {
  expect(files('<<<<<<< SEARCH\n:start_line:3\n-------\na\n=======\nb\n>>>>>>> REPLACE\n')).toMatchObject([
    { change: { before: 'a\n', after: 'b\n' } },
  ]);
});

test.each([
  ['text around the markers', `Git writes:\n${edit('a\n', 'b\n')}`],
  ['no markers', 'a\nb\n'],
  ['only a heading with equals signs', 'Title\n=======\n'],
  ['nothing', ''],
])('%s makes the block a file', (_name, content) => {
  expect(files(content, { path: 'a.md' })).toBeUndefined();
});
