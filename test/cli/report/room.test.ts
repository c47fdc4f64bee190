import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../src/cli/report/html.ts';
import { fairLimit, Room } from '../../../src/cli/report/room.ts';

const render = (text: string) => html`<p>${text}</p>`;

describe('the room of a page', () => {
  it('is shared so that texts fit together, and none is cut that fits beside the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 20 }),
        fc.integer({ min: 200, max: 4_000 }),
        (texts, whole) => {
          const room = new Room(1);
          const fitted = room.fit(texts, (text) => (text === '' ? html`` : render(text)), { whole, what: 'texts' });
          const sizes = fitted.map(({ html: { text } }) => Buffer.byteLength(text));
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(whole);
          const cut = fitted.filter(({ shown }, index) => shown < (texts[index] ?? '').length);
          expect(room.left).toHaveLength(cut.length === 0 ? 0 : 1);
          const all = texts.reduce((sum, text) => sum + Buffer.byteLength(render(text).text), 0);
          expect(all <= whole ? cut : []).toEqual([]);
        },
      ),
    );
  });

  it.each([
    [[1, 2, 3], 6, Number.MAX_SAFE_INTEGER],
    [[1, 10, 10], 11, 5],
    [[10], 3, 3],
    [[], 0, Number.MAX_SAFE_INTEGER],
  ])('gives %j of %i at most %i each', (sizes, whole, limit) => {
    expect(fairLimit(sizes, whole)).toBe(limit);
  });

  it('cuts at the end of a line, never within a character, and says how many were cut', () => {
    const room = new Room(1);
    const [lines, wide] = room.fit(['one\ntwo\nthree\n', '日本語日本語日本語'], render, { whole: 32, what: 'replies' });
    expect(lines?.html.text).toBe('<p>one\ntwo\n</p>');
    expect(wide?.html.text).toMatch(/^<p>日?本?語?<\/p>$/);
    expect(room.left).toEqual(['Of 2 long replies only the beginning is shown.']);
  });

  it('shows the first of a list, and says so where these are not all', () => {
    const room = new Room(0.5);
    expect(room.first([1, 2, 3], 4, 'files')).toEqual([1, 2]);
    expect(room.first([1, 2], 4, 'steps')).toEqual([1, 2]);
    expect(room.left).toEqual(['Of 3 files the first 2 are shown.']);
  });
});
