import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, OutputCutter } from '../../../src/tools/output/cut-output.ts';

const limits = { lines: 8, bytes: 80 };

function cut(text: string | Uint8Array, { pieces = [], within = limits }: { pieces?: readonly number[]; within?: typeof limits } = {}) {
  const bytes = Buffer.from(text as string);
  const cutter = new OutputCutter(within);
  let from = 0;
  for (const length of pieces) {
    cutter.add(bytes.subarray(from, from + length));
    from += length;
  }
  cutter.add(bytes.subarray(from));
  return cutter.finish();
}

const gap = /^… (?:(\d+) lines?, )?(\d+) bytes left out …$/m;
const texts = fc
  .array(fc.oneof(fc.constantFrom('\n', ' ', 'a', 'ä', '字', '😀', 'word '), fc.string({ unit: 'grapheme', maxLength: 30 })), { maxLength: 120 })
  .map((parts) => parts.join('').replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}…]|\p{Zl}|\p{Zp}/gu, ''));

describe('an output that is cut', () => {
  it('is whole where it is short', () => {
    expect(cut('one\ntwo\n')).toEqual({ text: 'one\ntwo\n' });
    expect(cut('')).toEqual({ text: '' });
    expect(cutText('x', limits)).toEqual({ text: 'x' });
  });

  it('keeps a part of its beginning and more of its end, and says what was left out', () => {
    const lines = Array.from({ length: 100 }, (_, number) => `line ${number}`).join('\n');
    expect(cut(lines, { within: { lines: 8, bytes: 10_000 } })).toEqual({
      text: 'line 0\nline 1\n… 92 lines, 728 bytes left out …\nline 94\nline 95\nline 96\nline 97\nline 98\nline 99',
      cut: { lines: 92, bytes: 728, afterLine: 2 },
    });
  });

  it('keeps both ends of a single line without end', () => {
    const { text, cut: left } = cut(`first ${'x'.repeat(1_000_000)} last`);
    expect(text).toMatch(/^first \n… \d+ bytes left out …\n ?x* ?last$/);
    expect(left).toMatchObject({ lines: 0, afterLine: 1 });
  });

  it('holds a bounded part of a gigabyte', () => {
    const cutter = new OutputCutter({ lines: 100, bytes: 10_000 });
    const piece = Buffer.alloc(1024 * 1024, `${'x'.repeat(1023)}\n`);
    for (let count = 0; count < 1024; count += 1) cutter.add(piece);
    const { text, cut: left } = cutter.finish();
    expect(Buffer.byteLength(text)).toBeLessThan(10_100);
    expect(left!.bytes + Buffer.byteLength(text.replace(gap, '')) - 1).toBe(1024 ** 3);
    expect(left!.lines).toBe(1024 * 1024 - text.split('x\n').length + 1);
  });

  it('gives whole words to whoever leaves out secrets, so that none stands there in half', () => {
    const seen: string[] = [];
    const cutter = new OutputCutter(limits);
    cutter.add(Buffer.from(`${'word '.repeat(3)}sk-secret-in-the-beginning ${'x '.repeat(500)} sk-${'secret-at-the-end'.repeat(5)} then more words`));
    const { text } = cutter.finish((part) => {
      seen.push(part);
      return part;
    });
    expect(seen).toHaveLength(2);
    expect(text).not.toContain('secret');
  });

  it('carries nothing that a terminal obeys', () => {
    expect(cut('\u001B[31mred\u001B[0m \u001B]0;title\u0007 \u0000 \u202Eturned').text).toBe(String.raw`red  \x00 \u{202e}turned`);
  });

  it('is the same whatever the pieces are in which it arrives', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(20)), (text, pieces) => {
        expect(cut(text, { pieces })).toEqual(cut(text));
      }),
    );
  });

  it('stays within its limits, and splits no character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const kept = cut(text);
        const without = kept.cut === undefined ? kept.text : kept.text.replace(gap, '');
        expect(Buffer.byteLength(without)).toBeLessThanOrEqual(limits.bytes + 2);
        expect(kept.text.split('\n').length).toBeLessThanOrEqual(limits.lines + 2);
        expect(kept.text).not.toContain('\uFFFD');
        expect(kept.text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('is the beginning and the end of the whole, and the figures between them add up to it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const kept of [cut(text), cutText(text, limits)]) {
          if (kept.cut === undefined) {
            expect(kept.text).toBe(text);
            continue;
          }
          const { 0: line, index } = gap.exec(kept.text)!;
          const [before, after] = [kept.text.slice(0, index), kept.text.slice(index + line.length + 1)];
          const beginning = text.startsWith(before) ? before : before.slice(0, -1);
          expect(text.startsWith(beginning)).toBe(true);
          expect(text.endsWith(after)).toBe(true);
          expect(Buffer.byteLength(beginning) + Buffer.byteLength(after) + kept.cut.bytes).toBe(Buffer.byteLength(text));
          const feeds = (part: string) => part.split('\n').length - 1;
          expect(feeds(beginning) + feeds(after) + kept.cut.lines).toBe(feeds(text));
        }
      }),
    );
  });
});
