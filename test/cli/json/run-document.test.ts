import { expect, it } from 'vitest';
import { listedRunDocument } from '../../../src/cli/json/listed-run-document.ts';
import { runDocument } from '../../../src/cli/json/run-document.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { numbered } from '../../state/run/random-history.ts';
import { added, runEvent, started } from '../../support/run-events.ts';

it('names everything of a run in one style, but what is data, such as its context', () => {
  const begin = started('r');
  const events = [
    {
      ...begin,
      data: { ...begin.data, context: { dueDate: 'soon' }, model: { name: 'm', address: 'a', engine: 'server', contextTokens: 8192 } },
    } as typeof begin,
    added('r', 'a'),
    runEvent('r', 'task.started', { task: 'a', attempt: 1, agent: 'dev_001' }),
    runEvent('r', 'activity.started', { task: 'a', activity: 'a/1', kind: 'reply', message: 'm', turns: [], epoch: 0 }),
    runEvent('r', 'call.started', { activity: 'a/1', call: 1, continues: 0 }),
    runEvent('r', 'call.ended', { activity: 'a/1', call: 1, finishReason: 'stop', usage: { readTokens: 5, replyTokens: 7 } }),
  ];
  let state: RunState | undefined;
  for (const event of numbered(events)) state = applyEvent(state, event);
  const document = runDocument({ state: state!, status: 'running', owner: { host: 'h', pid: 7, nonce: 'n' }, files: undefined });
  const names: string[] = [];
  JSON.stringify(document, (name, value: unknown) => {
    if (name === 'context') return undefined;
    names.push(name);
    return value;
  });
  expect(names.filter((name) => /[A-Z-]/.test(name))).toEqual([]);
  expect(document).toMatchObject({
    model: { context_tokens: 8192 },
    usage: { read_tokens: 5, reply_tokens: 7 },
    tasks: { a: { context: { dueDate: 'soon' }, result: { usage: { read_tokens: 5 } } } },
    owner: { host: 'h', process: 7 },
  });
});

it('lists a run with times that a person can read, and tells what is not known by null', () => {
  expect(
    listedRunDocument({ run: 'r', workflow: 'analysis', status: 'running', startedAt: 0, requirement: 'A', milliseconds: 1500 }),
  ).toEqual({
    run: 'r',
    workflow: 'analysis',
    status: 'running',
    started_at: '1970-01-01T00:00:00.000Z',
    ended_at: null,
    duration: 1.5,
    tasks: null,
    requirement: 'A',
    inherits: null,
    asks: [],
    owner: null,
  });
});
