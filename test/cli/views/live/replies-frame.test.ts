import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToLiveRun } from '../../../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../../../src/cli/views/live/live-run.ts';
import { repliesFrame } from '../../../../src/cli/views/live/replies-frame.ts';
import { lookFor } from '../../../../src/cli/views/look.ts';
import { textWidth } from '../../../../src/cli/views/text-width.ts';
import type { JournalEvent } from '../../../../src/events/run-stream-events.ts';
import { added, liveEvent, started } from '../live-events.ts';

const look = lookFor({ NO_COLOR: '1', LANG: 'C.UTF-8' }, 'linux');
const replied = (task: string, text: string) =>
  liveEvent('activity.completed', 5, { activity: `${task}/1`, kind: 'reply', text, reasoning: '', finishReason: 'stop', usage: {} });

const events = [
  started,
  added('requirements_analysis', 1, 'business_analyst'),
  added('implementation', 2, 'developer'),
  added('testing', 3, 'qa_engineer'),
  liveEvent('task.started', 0, { task: 'requirements_analysis', attempt: 1, agent: 'x' }),
  replied('requirements_analysis', '# Stories\n\n1. As a reader I keep a list.\n2. As a reader I search it.\n'),
  liveEvent('task.completed', 6, { task: 'requirements_analysis' }),
  liveEvent('task.started', 6, { task: 'implementation', attempt: 1, agent: 'x' }),
  liveEvent('reply.delta', 9, {
    activity: 'implementation/1',
    text: 'def keep(book):\n    books.append(book)\n',
    tokens: 9,
    milliseconds: 9,
  }),
];

function frame(task: string, columns: number, rows: number, more: JournalEvent[] = []): string[] {
  const run = newLiveRun();
  for (const event of [...events, ...more]) applyToLiveRun(run, event);
  return repliesFrame(run, { task, typed: '', at: 'list' }, { look, columns, rows, now: 100 });
}

describe('the picture of replies', () => {
  it.each([60, 80, 200])('has the steps and the end of one reply, at %i columns', (columns) => {
    // Whether there is room for it depends on how this program was started.
    expect(
      frame('requirements_analysis', columns, 20)
        .join('\n')
        .replace(/\. The whole reply: .*/, ''),
    ).toMatchSnapshot();
  });

  it('says where the whole reply is shown, if there is room for that', () => {
    expect(frame('requirements_analysis', 800, 20).join('\n')).toContain('show 20260102-030405678-abcd --reply requirements_analysis');
    expect(frame('requirements_analysis', 30, 20).join('\n')).not.toContain('The whole reply');
  });

  it('shows of the step that writes what it has written', () => {
    const shown = frame('implementation', 80, 20).join('\n');
    expect(shown).toContain('Developer, still writing');
    expect(shown).toContain('│     books.append(book)');
    expect(shown).not.toContain('As a reader I keep a list');
  });

  it('says where nothing has been replied', () => {
    expect(frame('testing', 80, 20).find((line) => line.includes('testing'))).toContain('no reply yet');
  });

  it('shows the steps around the one that is looked at where there is no room for all', () => {
    const many = Array.from({ length: 30 }, (_, index) => added(`more_${index}`, index + 4, 'developer'));
    const shown = frame('more_20', 80, 14, many);
    expect(shown.find((line) => line.startsWith('❯'))).toContain('more_20');
    expect(shown.filter((line) => line.includes('more_')).length).toBeLessThan(8);
    expect(shown.at(-1)).toContain('Esc: back');
  });

  it('fits into each terminal, and holds nothing that it would obey, whatever a model writes and calls its steps', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const hostile = fc.oneof(text, fc.constantFrom('\u001b[2J\u001b]0;title\u0007', 'a\r\nb', '\u{202e}abc', '\u001b'));
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 12, max: 200 }), fc.integer({ min: 3, max: 40 }), (name, reply, columns, rows) => {
        const shown = frame(name, columns, rows, [added(name, 4, name), replied(name, reply)]);
        expect(shown.length).toBeLessThan(rows);
        expect(shown.filter((line) => textWidth(line) >= columns)).toEqual([]);
        expect(shown.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u{202a}-\u{202e}]/u);
      }),
      { numRuns: 100 },
    );
  });
});
