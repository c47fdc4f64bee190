import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Place, placeAfter, rowsAt } from '../../../../src/cli/views/live/reading-place.ts';
import { replyRows } from '../../../../src/cli/views/live/reply-rows.ts';
import { textWidth } from '../../../../src/cli/views/text-width.ts';

const [up, down, pageUp, pageDown, home, end] = ['\u001b[A', '\u001b[B', '\u001b[5~', '\u001b[6~', '\u001b[H', '\u001b[F'] as const;
const start: Place = { line: 0, part: 0 };
/** 100 lines, and a terminal that shows 10 of them. */
const reply = { text: Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n'), columns: 80, rows: 14 };
const topAfter = (keys: readonly string[], from: Place = start) =>
  rowsAt(
    keys.reduce<Place>((place, key) => placeAfter(place, key, reply) ?? place, from),
    reply,
  ).top;

describe('in a reply that is longer than the screen', () => {
  it.each([
    ['down', [down, down], 2],
    ['up', [down, down, up], 1],
    ['up at the beginning', [up], 0],
    ['a page on, of which one line was seen', [pageDown], 9],
    ['by the space', [' '], 9],
    ['a page back', [pageDown, pageDown, pageUp], 9],
    ['a page back at the beginning', [down, pageUp], 0],
    ['to the end', [end], 90],
    ['past the end', [end, down, pageDown], 90],
    ['back from the end', [end, up], 89],
    ['to the beginning', [end, home], 0],
    ['nowhere at other keys', [down, 'x', '\u001b[C'], 1],
  ])('a key goes %s', (_, keys, top) => expect(topAfter(keys)).toBe(top));

  it('stays at its end while more is written, and elsewhere where it is', () => {
    const more = { ...reply, text: `${reply.text}\nmore` };
    expect(rowsAt('end', more).shown.at(-1)?.text).toBe('more');
    expect(rowsAt({ line: 5, part: 0 }, more).top).toBe(5);
  });

  it('shows the same line at the top when the terminal becomes narrower or wider', () => {
    const text = Array.from({ length: 40 }, (_, line) => `${line} ${'word '.repeat(30)}`).join('\n');
    for (const columns of [60, 100, 200])
      expect(rowsAt({ line: 20, part: 0 }, { text, columns, rows: 14 }).shown[0]).toMatchObject({ line: 20, part: 0 });
  });

  it('goes on in a reply that grew beyond the screen, and nowhere in one that fits', () => {
    const short = { ...reply, text: 'one\ntwo' };
    for (const key of [up, down, pageUp, pageDown, home]) expect(placeAfter(start, key, short)).toEqual(start);
  });

  it('each row can be reached by going down, whatever is in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 6, max: 60 }), fc.integer({ min: 1, max: 12 }), (written, columns, rows) => {
        const size = { text: written, columns, rows };
        const { all } = rowsAt(start, size);
        const seen = new Set<string>();
        let place: Place = start;
        for (const _ of all) {
          for (const { line, part } of rowsAt(place, size).shown) seen.add(`${line}/${part}`);
          place = placeAfter(place, down, size) ?? place;
        }
        expect(seen.size).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the rows of a reply', () => {
  it('keep empty lines, indents, and the order', () => {
    expect(replyRows('# A\n\n\tx = 1\r\n', 20).map(({ text }) => text)).toEqual(['# A', '', '  x = 1']);
  });

  it('of a line without end are made in time that grows with its length', () => {
    const rows = replyRows('👍'.repeat(100_000), 60);
    expect(rows.length).toBeGreaterThan(3300);
    expect(rows.every(({ text }) => textWidth(text) <= 60)).toBe(true);
    expect(new Set(rows.map(({ part }) => part)).size).toBe(rows.length);
  });
});
