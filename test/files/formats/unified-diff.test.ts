import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/files/formats/unified-diff.ts';
import { blockOf } from './block-of.ts';

const files = (content: string, { info = 'diff', name }: { info?: string; name?: { path: string } } = {}) =>
  unifiedDiff.filesOf(blockOf(info, content), name);
const hunk = '@@ -1,3 +1,3 @@ def x\n a\n-b\n+c\n d\n';

describe('a hunk is an edit', () => {
  test.each([
    ['with a/ and b/', `--- a/x.py\n+++ b/x.py\n${hunk}`],
    ['without them', `--- x.py\n+++ x.py\n${hunk}`],
    ['with times', `--- a/x.py\t2026-01-01\n+++ b/x.py\t2026-01-02\n${hunk}`],
    ['with quotes', `--- "a/x.py"\n+++ "b/x.py"\n${hunk}`],
    ['with a header of git', `diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n${hunk}`],
    ['with blank lines after it', `--- a/x.py\n+++ b/x.py\n${hunk}\n\n`],
    ['with context that lacks its space', `--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,3 @@\na\n-b\n+c\nd\n`],
  ])('%s', (_name, content) => {
    expect(files(content)).toMatchObject([{ path: 'x.py', change: { kind: 'edit', before: 'a\nb\nd\n', after: 'a\nc\nd\n', line: 1 } }]);
  });

  test('without numbers, without a header, or with nothing but its lines', () => {
    const name = { path: 'x.py' };
    const change = { kind: 'edit', before: 'a\nb\n', after: 'a\nc\n' };
    expect(files('--- a/x.py\n+++ b/x.py\n@@ ... @@\n a\n-b\n+c\n')).toMatchObject([{ path: 'x.py', change }]);
    expect(files('@@ -1,2 +1,2 @@\n a\n-b\n+c\n', { name })).toMatchObject([{ path: 'x.py', change }]);
    expect(files(' a\n-b\n+c\n', { name })).toMatchObject([{ path: 'x.py', change }]);
  });

  test('several hunks and several files keep their order and place', () => {
    const content = `--- a/x.py\n+++ b/x.py\n${hunk}@@ -9 +9 @@\n-e\n+f\n--- a/y.py\n+++ b/y.py\n@@ -1 +1 @@\n-g\n+h\n`;
    const found = files(content)!;
    expect(found.map(({ path }) => path)).toEqual(['x.py', 'x.py', 'y.py']);
    expect(found.map(({ change }) => 'line' in change && change.line)).toEqual([1, 9, 1]);
    for (const { range, content: text } of found) expect(content.slice(range[0] - 100, range[1] - 100)).toBe(text);
  });

  test('removed lines that look like a header are lines', () => {
    expect(files('--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,1 @@\n--- old\n a\n')).toMatchObject([
      { change: { before: '-- old\na\n', after: 'a\n' } },
    ]);
  });
});

test('a new file is all of its lines, with or without a newline at its end', () => {
  const header = '--- /dev/null\n+++ b/x.py\n@@ -0,0 +1,2 @@\n+a\n+b\n';
  expect(files(header)).toMatchObject([{ path: 'x.py', change: { kind: 'edit', before: '', after: 'a\nb\n' } }]);
  expect(files(`${header}\\ No newline at end of file\n`)).toMatchObject([{ change: { after: 'a\nb' } }]);
});

describe('what cannot be carried out says why', () => {
  test.each([
    ['--- a/x.py\n+++ b/y.py\n@@ -1 +1 @@\n-a\n+b\n', /renames/],
    ['--- a/x.py\n+++ b/x.py\n@@ -5,0 +6 @@\n+a\n', /no line around/],
  ])('%j', (content, reason) => {
    expect(files(content)![0]!.change).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) });
  });

  test('a named diff without any hunk', () => {
    expect(files('nothing\n', { name: { path: 'x.py' } })).toMatchObject([{ path: 'x.py', change: { kind: 'unreadable' } }]);
  });
});

test('a diff that names no file leaves open which one it changes', () => {
  expect(files('- a\n+ b\n')).toMatchObject([{ path: '' }]);
  expect(files('+ b\n')).toEqual([]);
});

test('the text of a diff is never code, whatever the fence and the line above say', () => {
  for (const content of [`--- a/x.py\n+++ b/x.py\n${hunk}`, hunk])
    expect(files(content, { info: 'python', name: { path: 'x.py' } })).toMatchObject([{ path: 'x.py', change: { kind: 'edit' } }]);
  expect(files(`--- a/x.py\n+++ b/x.py\n${hunk}`, { info: 'text' })).toHaveLength(1);
});

test.each([
  ['a patch file', 'diff', 'fix.patch', `--- a/x\n+++ b/x\n${hunk}`],
  ['a page that quotes one', 'md', 'docs/a.md', `--- a/x\n+++ b/x\n${hunk}`],
  ['a list in YAML', 'yaml', 'a.yaml', '- a\n- b\n'],
  ['code', 'python', undefined, 'a\n'],
  ['a list without language', '', undefined, '- a\n- b\n'],
  ['a rule and a sign', '', undefined, '--- \na\n'],
])('%s is no diff to carry out', (_what, info, path, content) => {
  expect(files(content, { info, ...(path === undefined ? {} : { name: { path } }) })).toBeUndefined();
});

test('a diff needs no language', () => {
  expect(files(`--- a/x.py\n+++ b/x.py\n${hunk}`, { info: '' })).toHaveLength(1);
});
