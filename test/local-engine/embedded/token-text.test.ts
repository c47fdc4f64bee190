import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenText } from '../../../src/local-engine/embedded/token-text.ts';

/** A vocabulary in which every byte is a token, the worst case for characters. */
const detokenize = (tokens: readonly number[]) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(tokens));

function pieces(bytes: Iterable<number>): string[] {
  const decoder = new TokenText<number>({ detokenize, before: [] });
  return [...Array.from(bytes, (byte) => decoder.push(byte)), decoder.flush()];
}

describe('tokens as text', () => {
  it('never ends a piece in the middle of a character and loses none', () => {
    fc.assert(
      // What stands for bytes that are no character is one itself.
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\uFFFD')),
        (text) => {
          const result = pieces(Buffer.from(text));
          expect(result.join('')).toBe(text);
          expect(result.filter((piece) => piece.includes('\uFFFD'))).toEqual([]);
          expect(result.every((piece) => piece.isWellFormed())).toBe(true);
        },
      ),
    );
  });

  it('shows bytes that are no text as any decoder would, without losing what follows', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(pieces(bytes).join('')).toBe(detokenize([...bytes]));
      }),
    );
  });

  it('hands out a character as soon as its last byte is there', () => {
    expect(pieces(Buffer.from('a€b'))).toEqual(['a', '', '', '€', 'b', '']);
  });

  it('shows the rest of a character that was cut off as a replacement at the end', () => {
    expect(pieces([0x61, 0xe2, 0x82])).toEqual(['a', '', '', '\uFFFD']);
  });

  it('tells the decoder what stood before', () => {
    const seen: number[][] = [];
    const decoder = new TokenText<number>({
      detokenize: (tokens, before) => {
        seen.push([...before]);
        return detokenize(tokens);
      },
      before: [1, 2],
    });
    decoder.push(0x61);
    decoder.push(0x62);
    expect(seen).toEqual([
      [1, 2],
      [1, 2, 0x61],
    ]);
  });
});
