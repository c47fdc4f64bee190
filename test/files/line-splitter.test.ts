import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../../src/files/line-splitter.ts';

function split(chunks: string[]) {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.feed(chunk)), ...splitter.end()];
}

test('each of the three line endings ends a line, and is kept', () => {
  expect(split(['a\nb\r\nc\rd'])).toEqual([
    { text: 'a', ending: '\n', start: 0 },
    { text: 'b', ending: '\r\n', start: 2 },
    { text: 'c', ending: '\r', start: 5 },
    { text: 'd', ending: '', start: 7 },
  ]);
});

test('a CRLF that is cut between two chunks stays one line ending', () => {
  expect(split(['a\r', '\nb'])).toEqual(split(['a\r\nb']));
  expect(split(['a\r', 'b'])).toEqual(split(['a\rb']));
  expect(split(['a\r', '', '\r'])).toEqual(split(['a\r\r']));
});

test('the lines put together are the text, wherever it is cut', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '😀', ' '), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(piece), (chunks) => {
      const text = chunks.join('');
      const lines = split(chunks);
      expect(lines.map(({ text, ending }) => text + ending).join('')).toBe(text);
      expect(lines).toEqual(split([text]));
    }),
  );
});
