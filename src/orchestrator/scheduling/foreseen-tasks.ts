import type { InnerSteps } from '../../workflows/step-kind-declaration.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';

/** A task that a run will have, as far as that can be told before it begins. */
type ForeseenTask = Pick<WorkflowStep, 'id' | 'depends_on'>;

/** More are not needed to see how many can be under way together. */
const mostTasks = 1000;

/**
 * The steps of a workflow with those within them, as the tasks that they will become: each list of inner steps once, or as often as it may be under way at once. A
 * step that holds others comes after them, as it does when it ends.
 */
export function foreseenTasks(steps: readonly WorkflowStep[], innerOf: (step: WorkflowStep) => InnerSteps[]): ForeseenTask[] {
  const tasks: ForeseenTask[] = [];
  const add = (list: readonly WorkflowStep[], before: string, needed: readonly string[]) => {
    for (const step of list) {
      const id = `${before}${step.id}`;
      const dependencies = [...needed, ...step.depends_on.map((name) => `${before}${name}`)];
      const inner: string[] = [];
      for (const [place, { steps: within, atOnce = 1 }] of innerOf(step).entries()) {
        for (let copy = 1; copy <= atOnce && tasks.length < mostTasks; copy += 1) {
          const first = tasks.length;
          add(within as WorkflowStep[], `${id}/${place}.${copy}/`, dependencies);
          inner.push(...tasks.slice(first).map((task) => task.id));
        }
      }
      tasks.push({ id, depends_on: [...dependencies, ...inner] });
    }
  };
  add(steps, '', []);
  return tasks;
}
