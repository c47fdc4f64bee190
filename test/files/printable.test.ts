import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/files/printable.ts';

test('escape codes, turned text and long names do not reach the terminal', () => {
  expect(printable('a\u001B[2Jb')).toBe('a\\u{1b}[2Jb');
  expect(printable('a\u202Eb')).toBe('a\\u{202e}b');
  expect(printable('x'.repeat(1000))).toHaveLength(201);
});

test('nothing printable holds a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    }),
  );
});
