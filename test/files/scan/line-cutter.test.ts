import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineCutter } from '../../../src/files/scan/line-cutter.ts';

/** What each chunk completed, and last what the end of the text left. */
function cut(...chunks: string[]): string[] {
  const cutter = new LineCutter();
  return [...chunks.map((chunk) => cutter.feed(chunk)), cutter.end()];
}

test('each of the three line endings completes a line', () => {
  expect(cut('a\nb', '\r\nc', '\rd', 'e')).toEqual(['a\n', 'b\r\n', 'c\r', '', 'de']);
});

test('a CRLF that is cut between two chunks stays one line ending', () => {
  expect(cut('a\r', '\nb')).toEqual(['', 'a\r\n', 'b']);
  expect(cut('a\r', 'b')).toEqual(['', 'a\r', 'b']);
  expect(cut('a\r', '', '\r')).toEqual(['', '', 'a\r', '\r']);
});

test('the lines put together are the text, wherever it is cut, and none is cut in two', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\u{1F600}', ' '), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(piece), (chunks) => {
      const pieces = cut(...chunks);
      expect(pieces.join('')).toBe(chunks.join(''));
      for (const lines of pieces.slice(0, -1)) expect(lines).toMatch(/^$|[\r\n]$/);
      const followedByNewline = pieces.some(
        (lines, index) =>
          lines.endsWith('\r') &&
          pieces
            .slice(index + 1)
            .join('')
            .startsWith('\n'),
      );
      expect(followedByNewline).toBe(false);
    }),
  );
});
