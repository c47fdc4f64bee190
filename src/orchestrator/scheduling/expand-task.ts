import type { TaskRecord } from '../../state/run/run-state.ts';
import { secondsOf } from '../../workflows/step-time.ts';
import { type AgentStep, isAgentStep, optionsOfStep, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { Report } from '../journal/run-journal.ts';
import type { StepNeeds } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';

/** How often a step calls tools at most. */
const usualIterations = 10;

/** How a step joins a run as a task. */
export function taskAdded(step: WorkflowStep, number: number, needs: StepNeeds): Extract<Report, { type: 'task.added' }> {
  const { id, kind, description, depends_on: dependencies, priority } = step;
  const options = optionsOfStep(step);
  const { task_type: taskType, model, verify, attempts, expects } = options;
  return {
    type: 'task.added',
    data: {
      task: id,
      kind,
      role: needs.model ? needs.role : '',
      taskType: typeof taskType === 'string' ? taskType : kind,
      description,
      expects: needs.model ? needs.expects : 'text',
      ...(kind === 'agent' && expects === 'either' ? { orText: true } : {}),
      dependencies,
      priority,
      number,
      ...rulesOf(step),
      ...(kind === 'agent' ? {} : { options }),
      ...(needs.model && typeof model === 'string' ? { model } : {}),
      ...(kind === 'agent' && isJson(expects) ? { schema: expects.json } : {}),
      ...(kind === 'agent' && typeof verify === 'string' ? { verify } : {}),
      ...(kind === 'agent' && isAgentStep(step) ? askedBeside(step) : {}),
      ...(kind === 'agent' && typeof attempts === 'number' ? { mostAttempts: attempts } : {}),
      ...(kind === 'agent' && isAgentStep(step) && step.tools !== undefined
        ? { calls: { tools: step.tools, most: step.max_iterations ?? usualIterations } }
        : {}),
      ...(needs.model ? {} : { place: 'none' as const }),
    },
  };
}

/** What every step may say of when, how often, how long and before whom it is done. */
function rulesOf({ when, retries, timeout, outputs, private: isPrivate, context }: WorkflowStep) {
  return {
    ...(when === undefined ? {} : { when }),
    ...(retries === undefined ? {} : { retries }),
    ...(timeout === undefined ? {} : { timeoutSeconds: secondsOf(timeout) }),
    ...(outputs === undefined ? {} : { namedOutputs: outputs }),
    ...(isPrivate === true ? { private: true } : {}),
    ...(context === undefined || context === 'all' ? {} : { context }),
  };
}

function askedBeside({ instructions, sampling }: AgentStep) {
  return { ...(instructions === undefined ? {} : { instructions }), ...(sampling === undefined ? {} : { sampling }) };
}

function isJson(expects: unknown): expects is { json: Record<string, unknown> } {
  return typeof expects === 'object' && expects !== null && 'json' in expects;
}

/** Of one run, with those of all its lists, loops and plans: each of these has a bound of its own, but within each other the bounds multiply. */
export const mostTasks = 10_000;

/**
 * The events with which steps join the run for a task, which then waits for them. Steps that an earlier attempt added are there already. The new steps depend on
 * what the task itself depends on, and take its place in the workflow. Where the run would have more tasks than a run may have, the task fails instead, and also
 * where one of their names belongs to a task that joined for another one, as only a journal of others says: it would wait for that one for ever, again and again.
 */
export function expandTask(
  parent: TaskRecord,
  { steps, names = {}, wakes = 'all', memory, turn }: Omit<Extract<TaskOutcome, { status: 'expanded' }>, 'status'>,
  {
    needsOf,
    known,
  }: { needsOf: (step: WorkflowStep) => StepNeeds; known: Pick<ReadonlyMap<string, Pick<TaskRecord, 'parent'>>, 'get' | 'has' | 'size'> },
): Report[] {
  const idOf = (id: string) => `${parent.task}/${id}`;
  const foreign = steps.find(({ id }) => known.has(idOf(id)) && known.get(idOf(id))?.parent !== parent.task);
  if (foreign !== undefined) return [{ type: 'task.failed', data: { task: parent.task, error: notIts(idOf(foreign.id)) } }];
  const added = steps
    .filter(({ id }) => !known.has(idOf(id)))
    .map((step): Report => {
      const named = { ...step, id: idOf(step.id), depends_on: [...parent.dependencies, ...step.depends_on.map(idOf)] };
      const { type, data } = taskAdded(named, parent.number, needsOf(step));
      const own = Object.hasOwn(names, step.id) ? { names: names[step.id] } : {};
      return { type, data: { ...data, ...own, parent: parent.task } };
    });
  if (known.size + added.length > mostTasks)
    return [{ type: 'task.failed', data: { task: parent.task, error: tooMany(known.size, added.length) } }];
  const tasks = steps.map(({ id }) => idOf(id));
  const more = {
    ...(wakes === 'all' ? {} : { wakes }),
    ...(memory === undefined ? {} : { memory }),
    ...(turn === undefined ? {} : { turn }),
  };
  return [...added, { type: 'task.waiting', data: { task: parent.task, reason: 'tasks', tasks, ...more } }];
}

function tooMany(there: number, added: number): { code: string; message: string; hint: string } {
  return {
    code: 'run.too_many_tasks',
    message: `The run has ${there} tasks, and this step would add ${added}; a run may have ${mostTasks}.`,
    hint: 'Shorten the lists and loops of the workflow, above all those within each other, or divide the work into several runs.',
  };
}

function notIts(task: string): { code: string; message: string; hint: string } {
  return {
    code: 'run.contradictory',
    message: `The journal says that the task ${task} is none of this step, whose task it is by its name.`,
    hint: 'The program writes no such journal. Start the run anew.',
  };
}
