import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownName } from '../../src/utils/shown-name.ts';

test('escape codes, turned text and long names do not reach the terminal', () => {
  expect(shownName('a\u001B[2Jb')).toBe('a\\u{1b}[2Jb');
  expect(shownName('a\u202Eb')).toBe('a\\u{202e}b');
  expect(shownName('x'.repeat(1000))).toHaveLength(201);
});

test('no name that is shown holds a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(shownName(text)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    }),
  );
});
