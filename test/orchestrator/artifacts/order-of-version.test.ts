import { expect, test } from 'vitest';
import { reworkOf } from '../../../src/orchestrator/artifacts/order-of-version.ts';
import type { TaskRecord } from '../../../src/state/run/run-state.ts';

const record = (task: string, kind: string, parent?: string) => ({ task, kind, parent }) as TaskRecord;
const tasks = new Map(
  [
    record('release', 'approval'),
    record('release/rework/1', 'rework', 'release'),
    record('release/rework/1/repair/1', 'repair', 'release/rework/1'),
    record('lost', 'agent', 'nowhere'),
  ].map((each) => [each.task, each]),
);

test.each([
  ['release', undefined],
  ['release/rework/1', 'release/rework/1'],
  ['release/rework/1/repair/1', 'release/rework/1'],
  ['lost', undefined],
  ['not there', undefined],
])('%s is part of the rework %s', (task, rework) => {
  expect(reworkOf(tasks.get(task), tasks)?.task).toBe(rework);
});
