import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from '../../../src/cli/views/fold-text.ts';
import { textWidth } from '../../../src/cli/views/text-width.ts';

test('text goes on between words, at the place where it begins', () => {
  expect(foldText('Error: one two three\n  four five six', 12)).toBe('Error: one\ntwo three\n  four five\n  six');
});

test('a column that begins in the left half goes on below itself', () => {
  expect(foldText('ok  model  a name of some length', 24)).toBe('ok  model  a name of\n           some length');
});

test('a table whose last column begins further to the right goes on behind its first, with cells kept whole', () => {
  expect(foldText(' 1  analysis  completed  350 ms  580 read, 82 written', 40)).toBe(
    ' 1  analysis  completed  350 ms\n     580 read, 82 written',
  );
});

test('a path that fits into no line stays whole, where it is', () => {
  expect(foldText('  Summary  output/summary_1234567890.md and more', 24)).toBe(
    '  Summary  output/summary_1234567890.md\n           and more',
  );
});

test.each([
  '  Again    multiagent retry 20261121 --workspace ../other',
  '  npx multiagent run feature-development --req a.md',
  "  '/opt/llama cpp/llama-server' -m model.gguf -c 16384",
])('a command to copy stays in one line: %j', (line) => expect(foldText(line, 20)).toBe(line));

/** Lines go on behind a place of the left half, or four columns behind the first. */
function hangAtMost(line: string, columns: number): number {
  return Math.max(columns / 2, line.length - line.trimStart().length + 4);
}

test('only what is one word is wider than the room, and no word is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '文', '\n'), maxLength: 120 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (text, columns) => {
      const folded = foldText(text, columns);
      for (const line of folded.split('\n').filter((line) => textWidth(line) > columns)) {
        const longest = Math.max(...line.split(' ').map(textWidth));
        expect(longest + hangAtMost(line, columns)).toBeGreaterThan(columns);
      }
      expect(folded.split(/\s+/)).toEqual(text.split(/\s+/));
    }),
  );
});
