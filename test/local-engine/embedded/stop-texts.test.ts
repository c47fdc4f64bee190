import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopTexts } from '../../../src/local-engine/embedded/stop-texts.ts';

/** Feeds pieces until a stop text ends the reply. */
function run(stops: string[], pieces: string[]): { shown: string; stopped: boolean } {
  const filter = new StopTexts(stops);
  let shown = '';
  for (const piece of pieces) {
    const result = filter.push(piece);
    shown += result.text;
    if (result.type === 'stopped') return { shown, stopped: true };
  }
  return { shown: shown + filter.flush(), stopped: false };
}

const letters = (options: fc.StringConstraints) => fc.string({ ...options, unit: fc.constantFrom('a', 'b', 'c') });

describe('stop texts', () => {
  it.each([
    { stops: ['##'], pieces: ['a#', '#b'], shown: 'a', stopped: true },
    { stops: ['##'], pieces: ['a#', 'b#'], shown: 'a#b#', stopped: false },
    { stops: ['abc', 'b'], pieces: ['xabc'], shown: 'xa', stopped: true },
    { stops: ['bc', 'abc'], pieces: ['xa', 'bc'], shown: 'x', stopped: true },
    { stops: [], pieces: ['a', 'b'], shown: 'ab', stopped: false },
    { stops: ['x'], pieces: ['xy'], shown: '', stopped: true },
  ])('cuts $pieces at $stops', ({ stops, pieces, shown, stopped }) => {
    expect(run(stops, pieces)).toEqual({ shown, stopped });
  });

  it('gives the same reply however it is divided into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(letters({ minLength: 1, maxLength: 4 }), { maxLength: 3 }),
        fc.array(letters({ maxLength: 5 })),
        (stops, pieces) => {
          expect(run(stops, pieces)).toEqual(run(stops, [pieces.join('')]));
        },
      ),
    );
  });

  it('never shows a stop text and loses nothing when there is none', () => {
    fc.assert(
      fc.property(letters({ minLength: 1, maxLength: 3 }), fc.array(letters({ maxLength: 5 })), (stop, pieces) => {
        const text = pieces.join('');
        const at = text.indexOf(stop);
        expect(run([stop], pieces)).toEqual({ shown: at < 0 ? text : text.slice(0, at), stopped: at >= 0 });
      }),
    );
  });
});
