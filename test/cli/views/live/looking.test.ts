import { describe, expect, it } from 'vitest';
import { applyToLiveRun } from '../../../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../../../src/cli/views/live/live-run.ts';
import { lookAfter, type Looking } from '../../../../src/cli/views/live/looking.ts';
import type { JournalEvent } from '../../../../src/events/run-stream-events.ts';
import { added, liveEvent, started } from '../live-events.ts';

const check = added('check', 3, 'qa_engineer');
const steps = [
  started,
  ...Array.from({ length: 12 }, (_, index) => added(`step_${index + 1}`, index + 1, 'developer')),
  ...(check.type === 'task.added' ? [{ ...check, data: { ...check.data, place: 'none' as const } }] : []),
];
const said = (task: string) => liveEvent('reply.delta', 1, { activity: `${task}/1`, text: 'x', tokens: 1, milliseconds: 1 });
const ended = (task: string) => liveEvent('task.completed', 2, { task });

function runOf(events: JournalEvent[]) {
  const run = newLiveRun();
  for (const event of events) applyToLiveRun(run, event);
  return run;
}

function press(keys: string[], events: JournalEvent[] = []): Looking | undefined {
  const run = runOf([...steps, ...events]);
  return keys.reduce<Looking | undefined>((looking, key) => lookAfter(looking, key, { run, columns: 80, rows: 20 }), undefined);
}

const [up, down, escape] = ['\u001b[A', '\u001b[B', '\u001b'];

describe('looking at replies', () => {
  it('begins with the one that is being written, else with the last one, else with the first step', () => {
    expect(press(['l'])?.task).toBe('step_1');
    expect(press(['l'], [said('step_1'), ended('step_1'), said('step_2'), ended('step_2')])?.task).toBe('step_2');
    expect(press(['l'], [said('step_4'), said('step_2'), ended('step_4')])?.task).toBe('step_2');
  });

  it.each([
    ['goes down', ['l', down], 'step_2'],
    ['stays at the first', ['l', up], 'step_1'],
    ['goes over a step that asks no model', ['l', down, down, down], 'step_4'],
    ['goes up', ['l', down, down, '\u001bOA'], 'step_2'],
    ['goes to a number', ['l', '7'], 'step_7'],
    ['goes to a number of two digits', ['l', '1', '2'], 'step_12'],
    ['begins a number anew where there is no such step', ['l', '1', '3'], 'step_3'],
    ['stays at the last', ['l', '1', '2', down], 'step_12'],
    ['stays where a number means nothing', ['l', '5', '0'], 'step_5'],
    ['is not disturbed by other keys', ['l', '5', 'p', 's', 'r', '\u001b[C', 'lll'], 'step_5'],
    ['begins a number anew after an arrow', ['l', '1', down, '2'], 'step_2'],
  ])('%s', (_, keys, task) => expect(press(keys)?.task).toBe(task));

  it('reads all of a reply from its beginning at Enter, and from its end at a page key', () => {
    const events = [said('step_2')];
    expect(press(['l', '\r'], events)).toEqual({ task: 'step_2', typed: '', at: { line: 0, part: 0 } });
    expect(press(['l', '\u001b[F'], events)).toEqual({ task: 'step_2', typed: '', at: 'end' });
  });

  it('goes to another step by its number while a reply is read, and by arrows only at the steps', () => {
    expect(press(['l', '\r', down])?.task).toBe('step_1');
    expect(press(['l', '\r', '7'])).toEqual({ task: 'step_7', typed: '7', at: { line: 0, part: 0 } });
  });

  it('goes back from a reply to the steps, and from there to the run', () => {
    expect(press(['l', '2', '\r', escape])).toMatchObject({ task: 'step_2', at: 'list' });
    expect(press(['l', '2', '\r', escape, escape])).toBeUndefined();
    expect(press(['l', '2', '\r', 'l'])).toBeUndefined();
  });

  it.each([escape, 'l'])('ends at %j', (key) => expect(press(['l', down, key])).toBeUndefined());

  it('does not begin without a step that could reply, nor at another key', () => {
    expect(lookAfter(undefined, 'l', { run: newLiveRun(), columns: 80, rows: 20 })).toBeUndefined();
    expect(press([down])).toBeUndefined();
  });
});
