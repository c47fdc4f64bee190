import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutText, padText, textWidth, wrapText } from '../../../src/cli/views/text-width.ts';

describe('textWidth', () => {
  test.each([
    ['', 0],
    ['plain.py', 8],
    ['\x1b[31mred\x1b[39m', 3],
    ['文件.py', 7],
    ['e\u{301}', 1],
    ['👩‍💻', 2],
    ['✔ …', 3],
  ])('%j takes %i columns', (text, columns) => expect(textWidth(text)).toBe(columns));
});

const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '文', '👩‍💻', 'é'), maxLength: 80 });

test('cut text is never wider than the room, and text that fits stays as it is', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 60 }), (text, columns) => {
      const cut = cutText(text, columns, '…');
      expect(textWidth(cut)).toBeLessThanOrEqual(columns);
      expect(cut === text).toBe(textWidth(text) <= columns);
    }),
  );
});

test('wrapped lines fit and lose nothing but spaces', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 60 }), (text, columns) => {
      const lines = wrapText(text, columns);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

test('lines break between words', () => expect(wrapText('one two three\nfour', 8)).toEqual(['one two', 'three', 'four']));

test('padding counts columns, not characters', () => expect(padText('文', 4)).toBe('文  '));
