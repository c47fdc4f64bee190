import { describe, expect, test } from 'vitest';
import {
  activityKinds,
  type ActivityCompleted,
  type ActivityKindName,
  type ActivityStarted,
} from '../../../src/events/activities/activity-kinds.ts';
import { standardEvents } from '../../../src/events/event-registry.ts';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { decodeEvent, encodeEvent, type EventRow } from '../../../src/state/store/event-row.ts';
import { numbered } from '../../state/run/random-history.ts';
import { newEvent, runStarted, taskAdded } from '../../state/store/sample-events.ts';

const registry = standardEvents();

/** What a journal gives of one event, stored in this version or as it is. */
const read = (type: string, version: number, data: object): JournalEvent =>
  decodeEvent(
    {
      stream: 'run:r1',
      sequence: 3,
      position: 3,
      time: 1,
      version,
      actor: 'a',
      correlation: 'r1',
      causation: null,
      type,
      data: JSON.stringify(data),
    },
    'journal',
    registry,
  );

/** An example of each kind; a kind without one does not compile. */
const examples: { [Kind in ActivityKindName]: { started: ActivityStarted<Kind>; completed: ActivityCompleted<Kind> } } = {
  reply: {
    started: { activity: 'a/1', task: 'a', kind: 'reply', message: 'Do it.', turns: [], epoch: 0 },
    completed: { activity: 'a/1', kind: 'reply', text: 'Done.', reasoning: '', finishReason: 'stop', usage: {} },
  },
  command: {
    started: { activity: 'a/1', task: 'a', kind: 'command', command: 'make', timeoutMilliseconds: 1000 },
    completed: { activity: 'a/1', kind: 'command', command: 'make', outcome: 'passed', exitCode: 0, durationMilliseconds: 3, output: 'ok' },
  },
  read: {
    started: { activity: 'a/1', task: 'a', kind: 'read', paths: ['src/a.ts'], why: 'asked' },
    completed: { activity: 'a/1', kind: 'read', files: [{ path: 'src/a.ts', shown: 'whole', sha256: 'h' }], rendered: 'h' },
  },
  tool: {
    started: { activity: 'a/1', task: 'a', kind: 'tool', tool: 'search_files', arguments: { text: 'TODO' }, filesHash: 'f' },
    completed: {
      activity: 'a/1',
      kind: 'tool',
      tool: 'search_files',
      arguments: { text: 'TODO' },
      failed: false,
      durationMilliseconds: 3,
      told: 'h',
      cut: { lines: 2, bytes: 30 },
    },
  },
  install: {
    started: {
      activity: 'a/1',
      task: 'a',
      kind: 'install',
      manager: 'npm',
      namedIn: ['package.json'],
      hash: 'h',
      command: 'npm install',
      timeoutMilliseconds: 1000,
    },
    completed: {
      activity: 'a/1',
      kind: 'install',
      manager: 'npm',
      namedIn: ['package.json'],
      outcome: 'passed',
      exitCode: 0,
      durationMilliseconds: 3,
      output: 'ok',
    },
  },
};

/** What of its result is known afterwards. */
const partOf: Record<ActivityKindName, string> = {
  reply: 'Done.',
  command: '"output":"ok"',
  read: '"rendered":"h"',
  tool: '"told":"h"',
  install: '"output":"ok"',
};

describe.each(activityKinds)('an activity of the kind $name', ({ name }) => {
  test('begins and ends in the journal, and its task knows what came of it', () => {
    const { started, completed } = examples[name];
    const events = [runStarted(), taskAdded('a', 1), newEvent('activity.started', started), newEvent('activity.completed', completed)];
    let state: RunState | undefined;
    for (const event of numbered(events)) {
      const { type, json } = encodeEvent(event, 'run:r1', registry);
      const { stream, sequence, position, time, version, actor, correlation } = event;
      const row: EventRow = { stream, sequence, position, time, version, actor, correlation, causation: null, type, data: json };
      state = applyEvent(state, decodeEvent(row, 'journal', registry));
    }
    const [known] = state?.tasks.get('a')?.activities ?? [];
    expect(known).toMatchObject({ activity: 'a/1', kind: name, status: 'completed' });
    expect(JSON.stringify(known)).toContain(partOf[name]);
    expect(state?.checks).toHaveLength(name === 'command' ? 1 : 0);
  });

  test('does not end as another kind', () => {
    const other = name === 'reply' ? examples.command : examples.reply;
    const events = [
      runStarted(),
      taskAdded('a', 1),
      newEvent('activity.started', examples[name].started),
      newEvent('activity.completed', other.completed),
    ];
    const fold = () => numbered(events).reduce<RunState | undefined>(applyEvent, undefined);
    expect(fold).toThrow(expect.objectContaining({ code: 'journal.inconsistent' }));
  });
});

describe('what the journals of other versions hold', () => {
  test('of a kind that this program does not know is kept as it is', () => {
    const data = { activity: 'a/1', task: 'a', kind: 'tool_call', name: 'read_file' };
    expect(read('activity.started', 2, data)).toMatchObject({ type: 'event.unknown', data: { type: 'activity.started', data } });
    expect(read('activity.completed', 2, { activity: 'a/1', kind: 'tool_call' }).type).toBe('event.unknown');
    expect(read('activity.failed', 2, { activity: 'a/1', kind: 'tool_call', error: {} }).type).toBe('event.unknown');
  });

  test('of a known kind in another shape is damaged', () => {
    expect(() => read('activity.completed', 2, { activity: 'a/1', kind: 'reply', text: 7 })).toThrow(
      expect.objectContaining({ code: 'journal.damaged' }),
    );
  });

  test('without a kind is of a reply: there were no others in version 1', () => {
    const { kind, ...completed } = examples.reply.completed;
    expect(read('activity.completed', 1, completed)).toMatchObject({ type: 'activity.completed', version: 2, data: { kind } });
    const failed = { activity: 'a/1', error: { code: 'x', message: 'x' }, text: 'Do' };
    expect(read('activity.failed', 1, failed)).toMatchObject({ type: 'activity.failed', version: 2, data: { kind, text: 'Do' } });
  });

  test('a turn of version 1 is the message that was asked first and the reply given last', () => {
    expect(read('task.completed', 1, { task: 'a', turn: { asked: 'a/1', replied: 'a/2' } })).toMatchObject({
      type: 'task.completed',
      version: 2,
      data: {
        turn: [
          { role: 'user', activity: 'a/1' },
          { role: 'assistant', activity: 'a/2' },
        ],
      },
    });
    expect(read('task.completed', 1, { task: 'a' }).data).toEqual({ task: 'a' });
  });
});
