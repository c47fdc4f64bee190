import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import type { TaskStatus } from '../../../src/state/run/run-records.ts';
import { activityStarted, newEvent, note, runStarted, taskAdded } from '../store/sample-events.ts';

/** What a history says, told by other means than the fold. */
export interface ExpectedRun {
  statuses: Map<string, TaskStatus>;
  texts: Map<string, string>;
  artifacts: number;
}

/** Numbers events as a store would. */
export function numbered(events: NewEvent[]): JournalEvent[] {
  return events.map((event, index) => ({ ...event, stream: 'run:r1', sequence: index + 1, position: index + 1 }));
}

/** A history that a run could have written: each choice takes one of the events that may come next. */
export function randomHistory(choices: number[]): { events: JournalEvent[]; expected: ExpectedRun } {
  const events: NewEvent[] = [runStarted()];
  const expected: ExpectedRun = { statuses: new Map(), texts: new Map(), artifacts: 0 };
  /** The activity at work of each running task. */
  const open = new Map<string, string>();
  let names = 0;
  let epoch = 0;
  const error = { code: 'test.failed', message: 'It failed.' };
  const withStatus = (...statuses: TaskStatus[]) =>
    [...expected.statuses].flatMap(([task, status]) => (statuses.includes(status) ? [task] : []));

  for (const choice of choices) {
    const pick = <Item>(items: Item[]): Item | undefined => items[(choice >>> 8) % Math.max(1, items.length)];
    const moves: (() => void)[] = [];
    const may = <Item>(items: Item[], move: (item: Item) => void) => {
      const item = pick(items);
      if (item !== undefined) moves.push(() => move(item));
    };
    const end = (task: string, status: TaskStatus, event: NewEvent) => {
      expected.statuses.set(task, status);
      open.delete(task);
      events.push(event);
    };
    may([names], () => {
      names += 1;
      expected.statuses.set(`t${names}`, 'pending');
      events.push(taskAdded(`t${names}`, (choice >>> 4) % 5, pick([...expected.statuses.keys()].slice(0, -1).map((task) => [task])) ?? []));
    });
    may(withStatus('pending', 'waiting'), (task) => end(task, 'running', newEvent('task.started', { task, attempt: 1, agent: 'dev_001' })));
    may(withStatus('pending'), (task) => end(task, 'skipped', newEvent('task.skipped', { task, reason: 'condition', because: 'no' })));
    may(withStatus('running'), (task) => end(task, 'waiting', newEvent('task.waiting', { task, reason: 'backoff', until: 9, error })));
    may(withStatus('running'), (task) => end(task, 'completed', newEvent('task.completed', { task })));
    may(withStatus('running', 'waiting'), (task) => end(task, 'failed', newEvent('task.failed', { task, error })));
    may(withStatus('pending', 'running', 'waiting'), (task) => end(task, 'cancelled', newEvent('task.cancelled', { task })));
    may(withStatus('running'), (task) => {
      const activity = `${task}/${events.length}`;
      open.set(task, activity);
      expected.texts.set(activity, '');
      events.push(activityStarted(activity, task));
    });
    may([...open.values()], (activity) => {
      const whole = expected.texts.get(activity) ?? '';
      const continues = choice % 2 === 0 ? whole.length : (choice >>> 4) % (whole.length + 1);
      expected.texts.set(activity, whole.slice(0, continues));
      events.push(newEvent('call.started', { activity, call: events.length, continues }));
      events.push(newEvent('prompt.progress', { activity, processed: 1, total: 2, cached: 0 }));
      events.push(newEvent('call.ended', { activity, call: events.length - 2, finishReason: 'length', usage: { replyTokens: 1 } }));
    });
    may([...open.values()], (activity) => {
      expected.texts.set(activity, `${expected.texts.get(activity)}${choice} `);
      events.push(newEvent('reply.delta', { activity, text: `${choice} `, tokens: 1, milliseconds: 1 }));
    });
    may([...open], ([task, activity]) => {
      open.delete(task);
      const text = expected.texts.get(activity) ?? '';
      if (choice % 2 === 0) events.push(newEvent('activity.failed', { activity, kind: 'reply', error, text }));
      else events.push(newEvent('activity.completed', { activity, kind: 'reply', text, reasoning: '', finishReason: 'stop', usage: {} }));
    });
    may([...expected.statuses.keys()], (task) => {
      expected.artifacts += 1;
      const file = { task, path: 'a.py', bytes: 1, sha256: 'ab', outcome: 'created', format: 'fence', range: [0, 1] } as const;
      events.push(newEvent('artifact.written', { ...file, range: [0, 1] }));
      events.push(newEvent('artifact.refused', { task, name: '../a', reason: 'outside', sha256: 'ab', range: [0, 1] }));
    });
    may(withStatus('completed'), (task) => {
      epoch += 1;
      events.push(
        newEvent('transcript.cut', { epoch, reason: 'full', cuts: [{ task, digest: 'short', charactersBefore: 9, charactersAfter: 5 }] }),
      );
    });
    may([choice], () => events.push(note('hello')));
    if (expected.statuses.size > 0 && withStatus('pending', 'running', 'waiting').length === 0) {
      moves.push(() => events.push(newEvent('run.finished', { status: 'completed', durationMilliseconds: 1 })));
    }
    moves[choice % moves.length]?.();
  }
  return { events: numbered(events), expected };
}
