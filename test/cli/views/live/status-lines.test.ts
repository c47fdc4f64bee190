import { describe, expect, it } from 'vitest';
import { applyToLiveRun } from '../../../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../../../src/cli/views/live/live-run.ts';
import { statusLines } from '../../../../src/cli/views/live/status-lines.ts';
import type { JournalEvent } from '../../../../src/events/run-stream-events.ts';
import { added, liveEvent, started } from '../live-events.ts';

const minute = 60_000;

function runOf(events: JournalEvent[], earlier = [] as { task: string; milliseconds: number }[]) {
  const run = newLiveRun();
  for (const event of events) applyToLiveRun(run, event);
  run.earlier = earlier;
  return run;
}

const begun = [started, added('a', 1, 'developer'), added('b', 2, 'qa_engineer'), added('c', 3, 'developer')];
const began = (task: string, time: number) => liveEvent('task.started', time, { task, attempt: 1, agent: 'x' });
const ended = (task: string, time: number) => liveEvent('task.completed', time, { task });
const at = (columns: number, now: number) => ({ columns, begun: 0, now, tail: 'short', keys: 'heard' }) as const;

const usual = ['a', 'b', 'c'].map((task) => ({ task, milliseconds: 4 * minute }));
const half = [...begun, began('a', 0), ended('a', 4 * minute), began('b', 4 * minute)];

describe('how long a run still takes', () => {
  it('is said by what earlier runs took', () => {
    const { status } = statusLines(runOf(half, usual), at(200, 5 * minute));
    expect(status).toContain('1 of 3 steps, 0 files, 5 min 0 s, about 7 min left. Ctrl-C stops.');
  });

  it('is said by this run alone once two of its steps are done', () => {
    expect(statusLines(runOf(half), at(200, 5 * minute)).status).not.toContain('left');
    const two = [...half, ended('b', 6 * minute), began('c', 6 * minute)];
    expect(statusLines(runOf(two), at(200, 7 * minute)).status).toContain('about 2 min left');
  });

  it.each<[string, JournalEvent[]]>([
    ['before it begins', []],
    ['while it pauses', [...half, liveEvent('run.held', 5, { by: 'Ann' })]],
    ['when it has ended', [...half, liveEvent('run.finished', 5, { status: 'cancelled', durationMilliseconds: 1 })]],
  ])('is not said %s', (_, events) => {
    expect(statusLines(runOf(events, usual), at(200, 5 * minute)).status).not.toContain('left');
  });

  it('is not learnt from steps that another run has done, that failed, or that waited for a person', () => {
    const waits = liveEvent('task.waiting', 1, { task: 'a', reason: 'approval' });
    const decided = liveEvent('task.decided', 2, { task: 'a', decision: 'approved', by: 'Ann', asked: 1, shown: [] });
    const person = [...begun, began('a', 0), waits, decided, ended('a', minute), began('b', minute), ended('b', 2 * minute)];
    const failed = [...half, liveEvent('task.failed', 5 * minute, { task: 'b', error: { code: 'x', message: 'y' } })];
    for (const events of [person, failed]) expect(statusLines(runOf(events), at(200, 5 * minute)).status).not.toContain('left');
  });

  it('leaves the files out where there is too little room, and is left out itself where there is less', () => {
    const run = runOf(half, usual);
    expect(statusLines(run, at(59, 5 * minute)).status).toBe('1 of 3 steps, 5 min 0 s, about 7 min left. Ctrl-C stops.');
    expect(statusLines(run, at(50, 5 * minute)).status).toBe('1 of 3 steps, 0 files, 5 min 0 s. Ctrl-C stops.');
  });
});

describe('what can be pressed', () => {
  it.each([59, 79, 199])('stands there whole at %i columns, and behind the rest where it fits', (columns) => {
    const { status, keys } = statusLines(runOf(half, usual), at(columns, 5 * minute));
    expect(keys === undefined).toBe(columns === 199);
    const last = keys ?? status;
    expect(last).toContain('p pause');
    expect(last.length).toBeLessThanOrEqual(columns);
  });
});
