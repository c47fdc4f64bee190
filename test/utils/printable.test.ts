import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, printableLine, shownName } from '../../src/utils/printable.ts';

describe('printable text', () => {
  test.each([
    ['colours', 'a\u001B[31;1mred\u001B[0m b', 'ared b'],
    ['cursor moves and erasing', '\u001B[2J\u001B[1;1Hx\u001B[?25l', 'x'],
    ['the one-byte form of both', '\u009B31mx\u009D0;title\u009C', 'x'],
    ['a window title', '\u001B]0;you have been hacked\u0007x', 'x'],
    ['the wrapping of a link', '\u001B]8;;http://a.example\u001B\\text\u001B]8;;\u001B\\', 'text'],
  ])('leaves out %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test.each([
    ['a command that never ends', '\u001B]52;c;aGVsbG8', String.raw`\x1b]52;c;aGVsbG8`],
    ['a reset', '\u001Bc', String.raw`\x1bc`],
    ['a bell, a backspace and a null', '\u0007\b\0', String.raw`\x07\x08\x00`],
    ['a carriage return that would overwrite the line', 'safe\revil', String.raw`safe\x0devil`],
    ['marks that turn the direction of text', 'a\u202Eb\u2066c', String.raw`a\u{202e}b\u{2066}c`],
    ['half a character', 'a\uD83D', String.raw`a\u{d83d}`],
  ])('shows %s by number', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('leaves ordinary text alone: lines, tabs, all scripts, emoji', () => {
    const text = 'Zeile\n\tΩ 漢字 עברית 👩‍💻 – `code` [31m';
    expect(printable(text)).toBe(text);
    expect(printable('a\r\nb')).toBe('a\nb');
  });

  test('never lets a control character through, and has nothing more to do a second time', () => {
    const hostile = fc.string({
      unit: fc.oneof(fc.constantFrom('\u001B', '[', ']', '\u009B', '\u0007', '\r', 'm', '3', ';', '\\'), fc.string({ unit: 'binary' })),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(printable(shown)).toBe(shown);
        expect(printableLine(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  test('a line cannot be forged by what stands in it', () => {
    expect(printableLine('name\n2026-11-21 error All is lost\t!')).toBe(String.raw`name\n2026-11-21 error All is lost !`);
  });

  test.each(['\u001B]', '\u001B[', '\u009B0;', '\u001B]x\u001B'])(
    'takes time in proportion to the text: %j',
    (piece) => {
      expect(printable(piece.repeat(200_000)).length).toBeGreaterThan(0);
    },
    5_000,
  );
});

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
