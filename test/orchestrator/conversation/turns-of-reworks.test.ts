import { expect, it } from 'vitest';
import { visibleTurns } from '../../../src/orchestrator/conversation/visible-turns.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { runEvent, started, writeRun } from '../../support/run-events.ts';

const turn = [
  { role: 'user' as const, content: [{ type: 'text' as const, text: 'Do it.' }] },
  { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'Done.' }] },
];

/** A task that is done, with a turn. */
const done = (task: string, number: number, dependencies: string[], parent?: string) => [
  runEvent('r', 'task.added', {
    task,
    kind: 'agent',
    role: 'developer',
    taskType: task,
    description: task,
    expects: 'files' as const,
    dependencies,
    priority: 1,
    number,
    ...(parent === undefined ? {} : { parent }),
  }),
  runEvent('r', 'task.started', { task, attempt: 1, agent: 'dev_001' }),
  runEvent('r', 'task.completed', { task, turn }),
];

it('where branches run at once, a step sees what the steps that it rests on have had reworked, behind them, and nothing of other branches', async () => {
  const store = new MemoryEventStore();
  const begun = started('r');
  const graph = {
    ...begun,
    data: { ...begun.data, transcript: { turns: 'graph', layout: 'transcript', reason: 'branches' } },
  } as typeof begun;
  await writeRun(store, 'r', [
    graph,
    ...done('implementation', 1, []),
    ...done('other', 2, []),
    ...done('release', 3, ['implementation']),
    ...done('release/rework/1', 3, ['implementation'], 'release'),
    ...done('release/rework/2', 3, ['implementation', 'release/rework/1'], 'release'),
    ...done('other/repair/1', 2, [], 'other'),
    ...done('after', 4, ['release']),
  ]);
  const state = await foldRun(store.read('run:r'));
  expect(visibleTurns(state, 'after')).toEqual(['implementation', 'release', 'release/rework/1', 'release/rework/2']);
  expect(visibleTurns(state, 'release/rework/2')).toEqual(['implementation', 'release/rework/1']);
});
