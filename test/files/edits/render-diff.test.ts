import { applyPatch } from 'diff';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDiff } from '../../../src/files/edits/render-diff.ts';

const bytes = (text: string) => Buffer.from(text);

describe('renderDiff', () => {
  it('says nothing of equal files', () => {
    expect(renderDiff({ path: 'a', before: bytes('x\n'), after: bytes('x\n') })).toBe('');
  });

  it.each([
    ['a change', 'x\ny\n', 'x\nz\n', '--- a/p\n+++ b/p\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n'],
    ['a new file', undefined, 'x\n', '--- /dev/null\n+++ b/p\n@@ -0,0 +1,1 @@\n+x\n'],
    ['a file that goes', 'x\n', undefined, '--- a/p\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n'],
    ['a missing line end', 'x\n', 'x', '--- a/p\n+++ b/p\n@@ -1,1 +1,1 @@\n-x\n+x\n\\ No newline at end of file\n'],
    ['binary content', 'x\n', '\0', 'Binary files a/p and b/p differ\n'],
  ])('shows %s', (_, before, after, expected) => {
    const side = (text: string | undefined) => (text === undefined ? undefined : bytes(text));
    expect(renderDiff({ path: 'p', before: side(before), after: side(after) })).toBe(expected);
  });

  it('turns one file into the other, whatever they hold', () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', 'd', '\n', '+e\n', '--- f\n', '\uFEFF'), { maxLength: 12 })
      .map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = renderDiff({ path: 'p', before: bytes(before), after: bytes(after) });
        expect(patch === '' ? before : applyPatch(before, patch, { autoConvertLineEndings: false })).toBe(after);
      }),
    );
  });
});

it('gives up on long files that have little in common, however alike their lines are', () => {
  const lines = (every: number) => Buffer.from(Array.from({ length: 80_000 }, (_, at) => (at % every === 0 ? 'a\n' : 'b\n')).join(''));
  expect(renderDiff({ path: 'a.txt', before: lines(2), after: lines(3) })).toContain('differ from the first line to the last');
});
