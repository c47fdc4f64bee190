import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveFrame } from '../../../../src/cli/views/live/live-frame.ts';
import { applyToLiveRun } from '../../../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../../../src/cli/views/live/live-run.ts';
import { lookFor } from '../../../../src/cli/views/look.ts';
import { textWidth } from '../../../../src/cli/views/text-width.ts';
import type { EventData, JournalEvent } from '../../../../src/events/run-stream-events.ts';
import { added, liveEvent, manyStates, started, written } from '../live-events.ts';

const plain = lookFor({ NO_COLOR: '1', LANG: 'C.UTF-8' }, 'linux');

function runOf(events: JournalEvent[]) {
  const run = newLiveRun();
  for (const event of events) applyToLiveRun(run, event);
  return run;
}

function frame(events: JournalEvent[], columns: number, rows: number | 'all' = 50, look = plain): string[] {
  return liveFrame(runOf(events), { look, columns, rows, begun: 0, now: 9200, tail: 'short', keys: 'none' });
}

describe('the picture of a run', () => {
  test.each([60, 80, 160])('with all its states at %i columns', (columns) => {
    expect(frame(manyStates, columns).join('\n')).toMatchSnapshot();
  });

  test.each([20, 60, 80, 160])('has no line wider than %i columns, whatever the model names its files', (columns) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 5 }), (names) => {
        const events = [
          ...manyStates,
          ...names.map((name) => written('bug_fix', name)),
          ...names.map((name, index) => added(name, index + 7, name)),
        ];
        for (const rows of [6, 50]) for (const line of frame(events, columns, rows)) expect(textWidth(line)).toBeLessThan(columns);
      }),
      { numRuns: 50 },
    );
  });

  test('shows how far the prompt is read', () => {
    const reading = liveEvent('prompt.progress', 100, { activity: 'a/1', processed: 430, total: 1000, cached: 0 });
    const events = [started, added('a', 1, 'developer'), liveEvent('task.started', 0, { task: 'a', attempt: 1, agent: 'x' }), reading];
    expect(frame(events, 80).join('\n')).toContain('reading the prompt, 43 % of 1000 tokens');
  });

  test('shows steps that join the run where they belong, and nothing twice', () => {
    const decided = { task: 'a', decision: 'approved' as const, by: 'Ann', asked: 1, shown: [] };
    const lines = frame(
      [
        started,
        added('a', 1, 'developer'),
        added('b', 2, 'qa_engineer'),
        added('a/1/c', 1, 'developer'),
        liveEvent('task.started', 1, { task: 'a', attempt: 1, agent: 'dev_001' }),
        liveEvent('task.waiting', 2, { task: 'a', reason: 'tasks', tasks: ['a/repair/1'] }),
        liveEvent('task.woken', 3, { task: 'a', by: 'tasks' }),
        liveEvent('task.decided', 4, decided),
        liveEvent('task.completed', 5, { task: 'a', outputs: {}, because: 'Ann approved it.' }),
      ].map((event) =>
        event.type === 'task.added' && event.data.task === 'a' ? { ...event, data: { ...event.data, place: 'none' as const } } : event,
      ),
      100,
    );
    const text = lines.join('\n');
    expect(text.indexOf('a/1/c')).toBeLessThan(text.indexOf('b '));
    expect(text.match(/Ann approved it/g)).toHaveLength(1);
    expect(text).not.toContain('waits');
  });

  test('shows a check as stale from the moment that a file becomes another one', () => {
    const data = { command: 'true', outcome: 'passed' as const, durationMilliseconds: 100, output: '' };
    const files = [
      { path: 'a.py', sha256: 'aa' },
      { path: 'b.py', sha256: '' },
    ];
    const before = [started, added('a', 1, 'developer'), liveEvent('check.finished', 10, { ...data, files })];
    const shown = (...events: JournalEvent[]) => frame([...before, ...events], 160).join('\n');
    expect(shown()).toContain("Checked with 'true': passed after 0.1 s.");
    expect(shown(written('a', 'b.py'))).not.toContain('Stale');
    expect(shown(written('a', 'a.py'))).toContain('Stale: a.py changed since');
    expect(shown(liveEvent('artifact.edited', 20, { path: 'a.py', expected: 'aa', found: 'cc' }))).toContain('Stale: a.py changed since');
  });

  test('shows of a check that runs after each step its newest answer alone', () => {
    const check = (number: number, failed: number) => {
      const activity = { activity: `a/${number}`, kind: 'command' as const, command: 'pytest' };
      const counts = { passed: 3 - failed, failed, skipped: 0 };
      const verdict = failed === 0 ? ('passed' as const) : ('failed' as const);
      const verification = { recipe: 'pytest', filesHash: '', kind: 'tests' as const, verdict, counts };
      return [
        liveEvent('activity.started', 0, { ...activity, task: 'a', timeoutMilliseconds: 1 }),
        liveEvent('activity.completed', 10, {
          ...activity,
          outcome: verdict,
          durationMilliseconds: 1,
          output: '',
          files: [],
          verification,
        }),
      ];
    };
    const begun = [started, added('a', 1, 'developer')];
    const [beginning, end] = check(1, 1);
    expect(frame([...begun, beginning!], 160).join('\n')).toContain("Checking with 'pytest'");
    const first = frame([...begun, beginning!, end!], 160).join('\n');
    expect(first).toContain('1 of 3 tests fails.');
    expect(first).not.toContain('Checking');
    const second = frame([...begun, beginning!, end!, ...check(2, 0)], 160).join('\n');
    expect(second).toContain('3 of 3 tests ran and passed.');
    expect(second).not.toMatch(/fails|Checking/);
  });

  test('shows which of several servers writes, and that another one goes on', () => {
    const [a, b] = ['http://127.0.0.1:1/v1', 'http://127.0.0.1:2/v1'];
    const model = { name: 'small', address: a, engine: 'server' as const, servers: [{ address: a }, { address: b }] };
    const begun = [
      liveEvent('run.started', 0, { ...(started.data as EventData<'run.started'>), model }),
      added('a', 1, 'developer'),
      liveEvent('task.started', 0, { task: 'a', attempt: 1, agent: 'x' }),
      liveEvent('call.sent', 10, { activity: 'a/1', call: 1, server: a }),
    ];
    expect(frame(begun, 100).join('\n')).toContain(`Model small on 2 servers (${a}, ${b})`);
    expect(frame(begun, 100).join('\n')).toContain(`waiting for the model at ${a}`);
    expect(frame(begun, 100).join('\n')).not.toContain('continues');
    const lost = frame([...begun, liveEvent('call.sent', 20, { activity: 'a/1', call: 2, server: b })], 100).join('\n');
    expect(lost).toContain(`continues at ${b}`);
    expect(lost).toContain(`waiting for the model at ${b}`);
  });

  test('obeys nothing that a model wrote', () => {
    const text = frame([...manyStates, written('bug_fix', 'a\x1b]0;title\x07\nb\r\u{202e}')], 80).join('');
    expect(text).not.toMatch(/[\x00-\x1f\u{202e}]/u);
  });

  test('tells how long it takes to get the model ready', () => {
    expect(frame([], 80)).toEqual(['Getting the model ready, 9.2 s']);
  });

  test('has colours unless NO_COLOR is set', () => {
    expect(frame(manyStates, 80, 50, lookFor({}, 'linux')).join('')).toContain('\x1b[31m');
    expect(frame(manyStates, 80, 50, lookFor({ NO_COLOR: '1' }, 'linux')).join('')).not.toContain('\x1b');
  });

  test('uses ASCII only where the locale is not UTF-8', () => {
    expect(frame(manyStates, 60, 50, lookFor({ NO_COLOR: '1', LANG: 'C' }, 'linux')).join('')).toMatch(/^[\x20-\x7e]+$/u);
  });

  test('starts again with a step that is reopened', () => {
    const frames = frame([...manyStates, liveEvent('task.reopened', 9000, { task: 'release_notes', reason: 'retry' })], 80);
    expect(frames.find((line) => line.includes('release_notes'))).toMatch(/^·/u);
  });
});

describe('in a low terminal', () => {
  test('the head is told whole where there is room for it and the steps, else each of its lines is cut', () => {
    const head = (rows: number) => frame([started, added('a', 1, 'developer'), added('b', 2, 'developer')], 60, rows).slice(0, 3);
    expect(head(9).slice(1)).toEqual(['Model small.gguf on http://127.0.0.1:8080/v1, 8192 tokens', 'of context']);
    expect(head(7).slice(1)).toEqual([
      'Model small.gguf on http://127.0.0.1:8080/v1, 8192 tokens …',
      'One task at a time (linear): one at a time',
    ]);
  });

  test.each([3, 8, 12, 24])('at most %i rows less one are used', (rows) => {
    const lines = frame(manyStates, 80, rows);
    expect(lines.length).toBeLessThan(rows);
    expect(lines.at(-1)).toContain('1 of 6 steps');
  });

  test('what runs and what waits is kept longest', () => {
    const lines = frame(manyStates, 80, 6).join('\n');
    expect(lines).toContain('bug_fix');
    expect(lines).toContain('regression_testing');
  });

  test('the last frame has everything', () => {
    const last = frame(manyStates, 80, 'all').join('\n');
    for (const id of ['bug_analysis', 'bug_fix', 'regression_testing', 'release_notes', 'announcement', 'review'])
      expect(last).toContain(id);
    expect(last).not.toContain('Ctrl-C');
  });
});
