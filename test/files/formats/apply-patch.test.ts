import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../../src/files/formats/apply-patch.ts';
import { blockOf } from './block-of.ts';

const files = (content: string, info = 'text', name?: { path: string }) => applyPatch.filesOf(blockOf(info, content), name);
const update = '*** Update File: a.py\n@@ def go():\n-    x = 1\n+    x = 2\n';

test('each hunk is an edit below the line that it quotes', () => {
  for (const content of [
    `*** Begin Patch\n${update}*** End Patch\n`,
    update,
    `apply_patch <<'EOF'\n*** Begin Patch\n${update}*** End Patch\nEOF\n`,
  ])
    expect(files(content)).toMatchObject([
      { path: 'a.py', change: { kind: 'edit', before: '    x = 1\n', after: '    x = 2\n', anchor: 'def go():' } },
    ]);
});

test('a new file is all of its lines, also where some lack their sign', () => {
  expect(files('*** Begin Patch\n*** Add File: a.py\n+x\ny\n+z\n*** End Patch\n')).toMatchObject([
    { path: 'a.py', change: { kind: 'edit', before: '', after: 'x\ny\nz\n' } },
  ]);
});

test('lines that are only added follow their anchor', () => {
  expect(files('*** Update File: a.py\n@@ import os\n+import re\n')).toMatchObject([
    { change: { kind: 'insert', after: 'import re\n', anchor: 'import os' } },
  ]);
});

describe('what cannot be carried out says why', () => {
  test.each([['*** Begin Patch\n', /names no file/]])('%j', (content, reason) => {
    expect(files(content)).toMatchObject([{ change: { kind: 'unreadable', reason: expect.stringMatching(reason) } }]);
  });
});

test('it is a patch under any name of code, and a quotation in a page', () => {
  expect(files(update, 'python', { path: 'a.py' })).toHaveLength(1);
  expect(files(update, 'md', { path: 'a.md' })).toBeUndefined();
  expect(files('x = 1\n')).toBeUndefined();
});
