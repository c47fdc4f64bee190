import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import { type KnownKinds, modelUsersOf } from '../models/model-user.ts';
import type { ModelUser } from '../run-context.ts';
import type { ScheduledTask } from '../scheduling/scheduled-task.ts';

/** A task that a run will have, as far as that can be told before it begins, and who asks a model in it. */
export interface ForeseenWork extends Omit<ScheduledTask, 'place'> {
  user: ModelUser;
}

/** The tasks of a workflow that ask a model. Those within a step come one after the other; a step that is done again counts once. */
export function foreseenWork(
  { steps }: Pick<WorkflowDefinition, 'steps'>,
  nested: { kinds: KnownKinds; workflowNamed: (name: string) => WorkflowDefinition },
): ForeseenWork[] {
  const last = new Map<string, string[]>();
  return steps.flatMap((step, index) => {
    // One that asks no model stands for what it depends on itself.
    let dependencies = step.depends_on.flatMap((id) => last.get(id) ?? [id]);
    const work = modelUsersOf({ steps: [step] }, nested).map((user, place): ForeseenWork => {
      const task = place === 0 ? step.id : `${step.id}/${place}`;
      const one = { task, dependencies, priority: step.priority, number: index + 1, user };
      dependencies = [task];
      return one;
    });
    last.set(step.id, dependencies);
    return work;
  });
}

/** The same for those of whom only the order is known. */
export function workOfUsers(users: readonly ModelUser[]): ForeseenWork[] {
  return users.map((user, index) => ({
    task: String(index),
    dependencies: index === 0 ? [] : [String(index - 1)],
    priority: 1,
    number: index + 1,
    user,
  }));
}
