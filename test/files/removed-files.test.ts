import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ManifestEntry } from '../../src/files/file-manifest.ts';
import { block, hash, setUp } from './file-writer-set-up.ts';

const old = 'def old():\n    return 1\n';
const files = { 'src/old.py': old, 'src/app.py': 'import old\n' };

/** A run whose first task wrote these files, and what the reply of a later one makes of them. */
async function reply(
  text: string,
  { base = {}, order = 2, task = 'task' }: { base?: Record<string, string>; order?: number; task?: string } = {},
) {
  const run = await setUp({ readBase: async (path) => base[path], basePaths: () => Object.keys(base) });
  for (const [path, content] of Object.entries(files))
    await run.writer.writeFile({ path, content, taskId: 'earlier', order: order === 2 ? 1 : 5, format: 'reply' });
  const report = await run.writer.writeCodeBlocks(text, task, 'developer', { order });
  return { ...run, report, there: (path: string) => existsSync(join(run.folder, path)) };
}

const gitDelete = 'diff --git a/src/old.py b/src/old.py\ndeleted file mode 100644\n';
const wholeDiff = '--- a/src/old.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-def old():\n-    return 1\n';

test.each([
  ['a diff to /dev/null that shows what goes', block('diff', wholeDiff)],
  ['the same with the lines of Git', block('diff', `${gitDelete}index 1..0\n${wholeDiff}`)],
  ['the lines of Git alone', block('diff', gitDelete)],
  ['a patch', block('', '*** Begin Patch\n*** Delete File: src/old.py\n*** End Patch\n')],
  ['a block that says nothing else', block('', 'DELETE src/old.py\n')],
])('%s deletes the file, and what it held is kept', async (_, text) => {
  await using run = await reply(text);
  expect(run.report.refused).toEqual([]);
  expect(run.report.removed).toMatchObject([{ path: 'src/old.py', sha256: hash(old) }]);
  expect(run.there('src/old.py')).toBe(false);
  expect(run.there('src/app.py')).toBe(true);
  expect(run.kept.get(hash(old))).toBe(old);
});

test.each([
  [
    'a patch',
    block('', '*** Begin Patch\n*** Update File: src/old.py\n*** Move to: src/new.py\n@@\n-def old():\n+def new():\n*** End Patch\n'),
  ],
  [
    'the lines of Git',
    block(
      'diff',
      'diff --git a/src/old.py b/src/new.py\nsimilarity index 90%\nrename from src/old.py\nrename to src/new.py\n--- a/src/old.py\n+++ b/src/new.py\n@@ -1,2 +1,2 @@\n-def old():\n+def new():\n     return 1\n',
    ),
  ],
])('%s moves a file and changes it on the way', async (_, text) => {
  await using run = await reply(text);
  expect(run.report.refused).toEqual([]);
  expect(run.report.written).toMatchObject([{ path: 'src/new.py', outcome: 'created' }]);
  expect(run.report.removed).toMatchObject([{ path: 'src/old.py', movedTo: 'src/new.py', sha256: hash(old) }]);
  expect(await run.read('src/new.py')).toBe('def new():\n    return 1\n');
  expect(run.there('src/old.py')).toBe(false);
});

test('a file is moved without a change', async () => {
  await using run = await reply(
    block('diff', 'diff --git a/src/old.py b/lib/old.py\nsimilarity index 100%\nrename from src/old.py\nrename to lib/old.py\n'),
  );
  expect(await run.read('lib/old.py')).toBe(old);
  expect(run.there('src/old.py')).toBe(false);
});

test.each([
  ['is not there', block('', 'DELETE src/none.py\n'), 'not_there'],
  ['is only shown in part', block('diff', '--- a/src/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-def old():\n'), 'edit_unreadable'],
  ['lies outside', block('', '*** Begin Patch\n*** Delete File: ../secret.txt\n*** End Patch\n'), 'outside'],
  ['is to be moved outside', block('', '*** Begin Patch\n*** Update File: src/old.py\n*** Move to: ../old.py\n*** End Patch\n'), 'outside'],
  [
    'is to be changed on the way where it cannot be',
    block('', '*** Begin Patch\n*** Update File: src/old.py\n*** Move to: b.py\n@@\n-nothing like it\n+x\n*** End Patch\n'),
    'edit_abandoned',
  ],
  [
    'has only another name in the header of a diff',
    block('diff', '--- a/src/old.py\n+++ b/src/new.py\n@@ -1 +1 @@\n-def old():\n+def new():\n'),
    'edit_unreadable',
  ],
])('a file that %s stays as it is', async (_, text, code) => {
  await using run = await reply(text);
  expect(run.report.refused.map((one) => one.code)).toContain(code);
  expect(run.report.removed).toEqual([]);
  expect(await run.read('src/old.py')).toBe(old);
});

test('talk, programs and blocks with a name that hold such a line delete nothing', async () => {
  const texts = [
    'DELETE src/old.py\n',
    block('sql', 'DELETE src/old.py\n'),
    block('', 'DELETE src/old.py\nprint(1)\n'),
    block('bash', 'rm src/old.py\n'),
    block('', 'DELETE everything\n'),
    '```\nDELETE src/old.py\n',
  ];
  for (const text of texts) {
    await using run = await reply(text);
    expect(run.report.removed, text).toEqual([]);
    expect(await run.read('src/old.py')).toBe(old);
  }
});

test("a file of the user's is only said to go: nothing beside the run's folder is touched, and it counts as gone", async () => {
  await using run = await reply(block('', 'DELETE lib/user.py\n'), { base: { 'lib/user.py': 'x = 1\n' } });
  expect(run.report.removed).toMatchObject([{ path: 'lib/user.py', sha256: hash('x = 1\n') }]);
  const again = await run.writer.writeCodeBlocks(block('', 'DELETE lib/user.py\n'), 'other', 'developer', { order: 3 });
  expect(again.refused).toMatchObject([{ code: 'not_there' }]);
});

test('what a later step wrote or removed counts, whichever comes first', async () => {
  await using run = await reply(block('', 'DELETE src/old.py\n'));
  expect(run.report.refused).toEqual([]);
  const earlier = await run.writer.writeCodeBlocks(block('python:src/old.py', 'x = 2\n'), 'first', 'developer', { order: 1 });
  expect(earlier.refused).toMatchObject([{ code: 'later_version' }]);
  expect(run.there('src/old.py')).toBe(false);
  await using other = await reply(block('', 'DELETE src/old.py\n'), { order: 3 });
  expect(other.report.refused).toMatchObject([{ code: 'later_version' }]);
  expect(await other.read('src/old.py')).toBe(old);
});

test('a file that the same reply gives after all is written, not removed', async () => {
  await using run = await reply(`${block('', 'DELETE src/old.py\n')}\n${block('python:src/old.py', 'x = 2\n')}`);
  expect(run.report.removed).toEqual([]);
  expect(await run.read('src/old.py')).toBe('x = 2\n');
  const moved = `${block('', '*** Begin Patch\n*** Update File: src/old.py\n*** Move to: src/new.py\n*** End Patch\n')}\n${block('python:src/old.py', 'x = 3\n')}`;
  await using other = await reply(moved);
  expect(other.report.removed).toEqual([]);
  expect(await other.read('src/old.py')).toBe('x = 3\n');
  expect(await other.read('src/new.py')).toBe(old);
});

test('a task that goes on and reads its reply once more comes to the same', async () => {
  const text = block(
    '',
    '*** Begin Patch\n*** Update File: src/old.py\n*** Move to: src/new.py\n@@\n-def old():\n+def new():\n*** Delete File: src/app.py\n*** End Patch\n',
  );
  await using run = await reply(text);
  const manifest: ManifestEntry[] = [
    ...run.report.written.map(({ path, sha256 }) => ({ path, sha256, task: 'task', order: 2 })),
    ...run.report.removed.map(({ path, sha256 }) => ({ path, sha256, task: 'task', order: 2, removed: true })),
  ];
  await using again = await setUp({ folder: run.folder, manifest });
  const report = await again.writer.writeCodeBlocks(text, 'task', 'developer', { order: 2 });
  expect(report.refused).toEqual([]);
  expect(report.removed.map(({ path }) => path)).toEqual(run.report.removed.map(({ path }) => path));
  expect(report.written).toMatchObject([{ path: 'src/new.py', outcome: 'unchanged' }]);
  expect(await run.read('src/new.py')).toBe('def new():\n    return 1\n');
});

test('a deletion is never given to another file: a demanded one under another folder stays', async () => {
  await using run = await setUp();
  await run.writer.writeFile({ path: 'src/old.py', content: old, taskId: 'earlier', order: 1, format: 'reply' });
  const report = await run.writer.writeCodeBlocks(block('', 'DELETE old.py\n'), 'task', 'developer', {
    order: 2,
    expected: ['src/old.py'],
  });
  expect(report.removed).toEqual([]);
  expect(report.refused).toMatchObject([{ code: 'not_there' }]);
  expect(await run.read('src/old.py')).toBe(old);
});
