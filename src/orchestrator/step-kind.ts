import type { z } from 'zod';
import type { EventDefinitions } from '../events/event-definition.ts';
import type { RunState, TaskRecord } from '../state/run/run-state.ts';
import type { WorkflowStep } from '../workflows/workflow-schema.ts';
import type { StepKindDeclaration } from '../workflows/step-kind-declaration.ts';
import type { RunContext } from './run-context.ts';
import type { TaskAssignment, TaskOutcome } from './task-executor.ts';

/** What a task needs before it can begin. */
export type StepNeeds =
  /** It asks the model of a role and takes one of the places for tasks that do. */
  | { model: true; role: string; expects: 'text' | 'files' }
  /** It asks no model. `sandbox`: it runs a command. */
  | { model: false; sandbox?: boolean | undefined };

/** One call of a kind for one of its tasks. */
export interface StepCall<Options = Record<string, unknown>> {
  task: TaskRecord;
  /** What the step says, by the kind's own schema. */
  options: Options;
  /** What woke the task, if it waited before. */
  woken: TaskRecord['woken'];
  /** Everything that is known about the run; it keeps changing. */
  state: RunState;
  /** Milliseconds since 1970. */
  now: number;
  /** Reports what happens, in order; resolves when it is in the journal. Nothing counts before that. */
  record: TaskAssignment['record'];
  /**
   * The value of an expression (CEL) for this task: plain data. `extra`: names beside those that its step has.
   * @throws MultiagentError `expression.failed`, which makes the task fail where the kind does not catch it.
   */
  evaluate: (expression: string, extra?: Readonly<Record<string, unknown>>) => unknown;
  /** Aborted when the task is to stop; the kind then rejects with the signal's reason. */
  signal: AbortSignal;
}

/** What built-in kinds work with. */
export interface StepOptions {
  run: RunContext;
  task: TaskRecord;
  assignment: TaskAssignment;
}

/**
 * One way to do a step of a workflow. Kinds are registered by name; the scheduler knows none of them. A task may be started more than once: after a restart,
 * and each time it is woken. What it has recorded by then is in `task` and `state`.
 * @example
 * import { z } from 'zod';
 * const options = z.object({ text: z.string() });
 * const countWords: StepKind<typeof options> = {
 *   name: 'count_words',
 *   options,
 *   needs: () => ({ model: false }),
 *   describe: ({ text }) => `Counts the words of ${text}`,
 *   execute: async ({ options: { text } }) => ({ status: 'completed', outputs: { words: text.split(' ').length } }),
 * };
 * orchestrator.registerStepKind(countWords);
 */
export interface StepKind<Schema extends z.ZodObject = z.ZodObject> extends StepKindDeclaration<Schema> {
  /** In snake_case: the `kind` of a step. */
  name: string;
  needs: (options: z.infer<Schema>) => StepNeeds;
  /** The name of the workflow whose steps it adds to the run; absent: it adds none that are known beforehand. */
  nests?: ((options: z.infer<Schema>) => string) | undefined;
  /** Steps such as may join the run for it, though nobody knows which: their roles have to be played, and their models connected. Absent: none. */
  mayAdd?: ((options: z.infer<Schema>) => WorkflowStep[]) | undefined;
  /** `own`: the `timeout` of a step is this kind's business, for instance how long it waits for a person; it is in the task. Absent: it ends a try that takes longer. */
  timeout?: 'own' | undefined;
  /** Types of events that it records, under a prefix of its own. */
  events?: EventDefinitions | undefined;
  /** Rejects only if aborted or if the program is at fault; everything else is an outcome. */
  execute: (call: StepCall<z.infer<Schema>>) => Promise<TaskOutcome>;
}

/** A built-in kind, which sees more of the run. */
export interface BuiltInStepKind<Schema extends z.ZodObject = z.ZodObject> extends Omit<StepKind<Schema>, 'execute'> {
  /** Done again as a whole, it works out anew which tasks join the run for it, and those that joined it before do not count (`innerTasks`). Absent: they are done again. */
  beginsAnew?: true | undefined;
  /** Its steps join a run for what happened in it: a workflow has none. Absent: a workflow may. */
  joinsRunsOnly?: true | undefined;
  execute: (call: StepCall<z.infer<Schema>> & StepOptions) => Promise<TaskOutcome>;
}
