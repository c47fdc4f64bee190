import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import type { ModelUser } from '../run-context.ts';
import type { Workflow } from '../workflow.ts';
import { type KnownKinds, modelUsersOf } from './model-user.ts';

export interface UsersOfRunOptions {
  kinds: KnownKinds;
  workflowNamed: (name: string) => WorkflowDefinition;
}

/** Who will ask a model if a run goes on. `which`: all where finished tasks are done again. */
export function usersOfTasks({ tasks }: RunState, which: 'all' | 'unfinished', options: UsersOfRunOptions): ModelUser[] {
  return [...tasks.values()]
    .filter(({ status }) => which === 'all' || status !== 'completed')
    .flatMap((task) => (task.role === '' ? addedBy(task, options) : [options.kinds.isPrivateRole(task.role) ? { ...task, private: true } : task]));
}

/** Who asks a model in a run that follows another one, beside what it takes over. */
export function usersOfFollowUp({ workflow, inherited }: { workflow: Workflow; inherited: { tasks: TaskRecord[] } }, options: UsersOfRunOptions): ModelUser[] {
  const taken = new Set(inherited.tasks.map(({ task }) => task));
  return modelUsersOf({ steps: workflow.definition.steps.filter(({ id }) => !taken.has(id)) }, options);
}

/** A task that asks no model may add others that do. */
function addedBy({ task, kind, description, priority, options: own = {} }: TaskRecord, options: UsersOfRunOptions): ModelUser[] {
  return modelUsersOf({ steps: [{ id: task, kind, description, priority, depends_on: [], ...own }] }, options);
}
