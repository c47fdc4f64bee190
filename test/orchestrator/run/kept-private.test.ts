import { expect, it } from 'vitest';
import { keptPrivate } from '../../../src/orchestrator/run/kept-private.ts';
import type { TaskRecord } from '../../../src/state/run/run-state.ts';

const record = (task: string, rest: Partial<TaskRecord> = {}) =>
  ({ task, role: 'developer', taskType: 'implementation', ...rest }) as TaskRecord;
const tasks = [record('plain'), record('own', { private: true }), record('own/1', { parent: 'own' }), record('secret', { role: 'lawyer' })];
const known = {
  journal: { state: { tasks: new Map(tasks.map((task) => [task.task, task])), definition: { steps: [] } } } as never,
  kinds: { isPrivateRole: (role: string) => role === 'lawyer' },
};

it.each([
  ['plain', undefined],
  ['own', true],
  ['own/1', true],
  ['secret', true],
])('a task is private by itself, by what it belongs to, or by its role: %s', (name, expected) => {
  expect(
    keptPrivate(
      tasks.find(({ task }) => task === name)!,
      known,
    ).private,
  ).toBe(expected);
});

it('whoever is no task is private by the role', () => {
  expect(keptPrivate({ role: 'lawyer', taskType: 'review' }, known).private).toBe(true);
  expect(keptPrivate({ role: 'developer', taskType: 'review' }, known).private).toBeUndefined();
});
