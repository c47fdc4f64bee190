import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToLiveRun } from '../../../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../../../src/cli/views/live/live-run.ts';
import { readingFrame } from '../../../../src/cli/views/live/reading-frame.ts';
import type { Place } from '../../../../src/cli/views/live/reading-place.ts';
import { lookFor } from '../../../../src/cli/views/look.ts';
import { textWidth } from '../../../../src/cli/views/text-width.ts';
import { added, liveEvent, started } from '../live-events.ts';

const look = lookFor({ NO_COLOR: '1', LANG: 'C.UTF-8' }, 'linux');
const said = (text: string) => liveEvent('reply.delta', 9, { activity: 'implementation/1', text, tokens: 9, milliseconds: 9 });
const begun = [
  started,
  added('implementation', 2, 'developer'),
  liveEvent('task.started', 6, { task: 'implementation', attempt: 1, agent: 'x' }),
];
const story = Array.from({ length: 100 }, (_, line) => `As reader ${line} I keep a list of books that I want to read again.`).join('\n');

function frame(at: Place, text: string, columns: number, rows: number): string[] {
  const run = newLiveRun();
  for (const event of [...begun, said(text), liveEvent('task.completed', 10, { task: 'implementation' })]) applyToLiveRun(run, event);
  return readingFrame(run, { task: 'implementation', typed: '', at }, { look, columns, rows, now: 100 });
}

describe('the picture of one reply', () => {
  it.each([60, 100, 200])('has a part of it, and says which, at %i columns', (columns) => {
    const shown = (at: Place) =>
      frame(at, story, columns, 12)
        .join('\n')
        .replace(/\. The whole reply: .*/, '');
    expect(shown({ line: 0, part: 0 })).toMatchSnapshot('at its beginning');
    expect(shown({ line: 50, part: 0 })).toMatchSnapshot('within it');
    expect(shown('end')).toMatchSnapshot('at its end');
  });

  it('says of a reply that is being written that this is its end so far', () => {
    const run = newLiveRun();
    for (const event of [...begun, said(story)]) applyToLiveRun(run, event);
    const shown = readingFrame(run, { task: 'implementation', typed: '', at: 'end' }, { look, columns: 100, rows: 12, now: 100 });
    expect(shown.join('\n')).toContain('Lines 93 to 100 of 100: the end so far');
  });

  it('says of a reply whose beginning was let go that more stands before', () => {
    const shown = frame({ line: 0, part: 0 }, 'a line\n'.repeat(20_000), 100, 12).join('\n');
    expect(shown).toContain('what stands before is not kept');
    expect(shown).not.toContain('its beginning');
  });

  it('says where nothing has been replied', () => {
    expect(frame('end', '', 80, 20)).toHaveLength(3);
    expect(frame('end', '', 80, 20)[1]).toMatch(/^No reply yet/);
  });

  it('fits into each terminal, and holds nothing that it would obey, whatever a model writes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('\u001b[2J\u001b]0;title\u0007', 'a\r\nb', '\u{202e}abc'),
    );
    fc.assert(
      fc.property(hostile, fc.integer({ min: 6, max: 200 }), fc.integer({ min: 3, max: 40 }), fc.nat(20), (text, columns, rows, line) => {
        const shown = frame({ line, part: 0 }, text, columns, rows);
        expect(shown.length).toBeLessThan(rows);
        expect(shown.filter((one) => textWidth(one) >= columns)).toEqual([]);
        expect(shown.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u{202a}-\u{202e}]/u);
      }),
      { numRuns: 100 },
    );
  });
});
