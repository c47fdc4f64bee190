import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { parseDefinition } from '../../workflows/definition-problems.ts';
import type { StepKindDeclarations } from '../../workflows/step-kind-declaration.ts';
import type { AgentStep, WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { Inheritance } from './begin-run.ts';
import { descendantsOf } from '../task-graph.ts';
import type { Workflow } from '../workflow.ts';
import { unknownTask } from './unknown-task.ts';

export interface FollowUp {
  workflow: Workflow;
  inherited: Inheritance;
}

/**
 * The same workflow once more, from one task on: everything that does not depend on that task is taken over unchanged. A task within a step is done again with
 * the whole step.
 * @throws MultiagentError `run.unknown_task`, with the tasks there are.
 */
export function rerunFrom(state: RunState, from: string, kinds: StepKindDeclarations): FollowUp {
  if (!state.tasks.has(from)) throw unknownTask(state, from);
  const tasks = [...state.tasks.values()];
  const roots = tasks.map(({ task }) => task).filter((task) => outermost(task) === outermost(from));
  const redone = new Set([...roots, ...descendantsOf(roots, tasks)]);
  // What joined the run for a step that is done anew is done anew with it: it would else be taken for a whole iteration.
  const isWhole = ({ task, status, parent }: TaskRecord): boolean => {
    if (status !== 'completed' || redone.has(task)) return false;
    const around = parent === undefined ? undefined : state.tasks.get(parent);
    return around === undefined || isWhole(around);
  };
  return {
    workflow: { ...workflowOf(state), definition: parseDefinition(ownSteps(state.definition), kinds) },
    inherited: { how: 'rerun', state, tasks: tasks.filter(isWhole) },
  };
}

/** A change to the work of a run. */
export interface RefineOptions {
  /** What to change, in the person's words. */
  request: string;
  /** The role that makes the change. Default: the one that implements features, the developer. */
  role?: string | undefined;
  /** The roles that follow: tests, documentation. */
  followedBy?: ('testing' | 'documentation')[] | undefined;
}

const following = {
  testing: {
    description: 'Bring the tests in line with the change that was just made. Give every test file that changes, complete.',
  },
  documentation: {
    description: 'Bring the documentation in line with the change that was just made. Give every document that changes, complete.',
  },
};

/**
 * A small workflow on top of a finished run: it inherits all turns, so that the model reads only the change.
 * @throws MultiagentError `run.not_finished` where no task is completed.
 */
export function refineRun(
  state: RunState,
  { request, role, followedBy = [] }: RefineOptions,
  { kinds, roles }: { kinds: StepKindDeclarations; roles: Pick<RoleCatalogue, 'whoDoes'> },
): FollowUp {
  const done = [...state.tasks.values()].filter(({ status }) => status === 'completed');
  if (done.length === 0) {
    throw new MultiagentError({
      category: 'usage',
      code: 'run.not_finished',
      message: `No task of the run ${state.run} is completed, so there is nothing to refine.`,
      hint: `"multiagent show ${state.run}" shows how far it is and how it goes on.`,
    });
  }
  // A role that nobody plays is reported when the workflow is checked.
  const whoDoes = (taskType: string) => roles.whoDoes(taskType)?.id ?? taskType;
  const steps = stepsOf(done);
  const round = done.filter(({ taskType }) => taskType === 'refinement').length + 1;
  const change = step({
    id: `refinement_${round}`,
    role: role ?? whoDoes('implementation'),
    task_type: 'refinement',
    description: request.trim(),
    depends_on: steps.map(({ id }) => id),
  });
  const after = followedBy.map((type) =>
    step({
      id: `refinement_${round}_${type}`,
      role: whoDoes(type),
      task_type: `refinement_${type}`,
      depends_on: [change.id],
      ...following[type],
    }),
  );
  // What is done is not checked again: it may name steps that were not needed.
  const definition = parseDefinition({ ...state.definition, steps: [{ ...change, depends_on: [] }, ...after] }, kinds);
  return {
    workflow: { ...workflowOf(state), definition: { ...definition, steps: [...steps, change, ...after] } },
    inherited: { how: 'refine', state, tasks: done },
  };
}

/** What a run that builds on another one works on, without its definition. */
export function workflowOf({ input, context }: RunState): Omit<Workflow, 'definition'> {
  return { requirement: input.requirement, inputs: input.values, files: input.files, worktree: input.worktree, context };
}

function step(given: Pick<AgentStep, 'id' | 'role' | 'task_type' | 'description' | 'depends_on'>): WorkflowStep {
  return { ...given, kind: 'agent', expects: 'files', priority: 1 };
}

/** The steps of these tasks. What joined the run for one of them is inherited with it, and is no step of the workflow. */
export function stepsOf(tasks: readonly TaskRecord[]): WorkflowStep[] {
  const own = tasks.filter(({ parent }) => parent === undefined);
  const known = new Set(own.map(({ task }) => task));
  return own.map(({ task, kind, role, taskType, description, dependencies, expects, orText, priority, options }) => ({
    id: task,
    kind,
    description,
    depends_on: dependencies.filter((name) => known.has(name)),
    priority,
    ...(options ?? { role, task_type: taskType, expects: orText === true ? 'either' : expects }),
  }));
}

/** Without what earlier versions took for steps when they refined a run: tasks that had joined it. */
function ownSteps(definition: RunState['definition']): RunState['definition'] {
  const { steps } = definition as { steps?: { id: string; depends_on?: string[] }[] };
  if (!Array.isArray(steps)) return definition;
  const own = steps.filter(({ id }) => !isJoined(id));
  return { ...definition, steps: own.map((step) => ({ ...step, depends_on: step.depends_on?.filter((id) => !isJoined(id)) ?? [] })) };
}

const outermost = (task: string) => task.split('/', 1)[0];
const isJoined = (task: string) => task.includes('/');
