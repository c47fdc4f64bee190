import { z } from 'zod';
import { turnSchema } from '../../events/task-events.ts';
import { longestTimer } from '../../utils/clock.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { evaluateFor } from '../scope/evaluate-for.ts';
import type { StepCall } from '../step-kind.ts';
import { isKeptHere } from '../../state/run/is-kept-here.ts';
import { keepingHere } from '../../llm/destinations/request-watch.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { budgetReason } from './waits-by-itself.ts';
import type { RunContext } from '../run-context.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import type { TaskAssignment, TaskExecutor, TaskOutcome } from '../task-executor.ts';

/** Executes tasks in this process, each by the kind of its step. */
export class InProcessExecutor implements TaskExecutor {
  readonly #run: RunContext;
  readonly #kinds: StepKindRegistry;

  constructor(run: RunContext, kinds: StepKindRegistry) {
    this.#run = run;
    this.#kinds = kinds;
  }

  async execute(assignment: TaskAssignment): Promise<TaskOutcome> {
    const { state } = this.#run.journal;
    const task = state.tasks.get(assignment.task);
    if (task === undefined)
      throw new MultiagentError({ code: 'journal.inconsistent', message: `The run has no task "${assignment.task}".` });
    // The role may have become private since the run began.
    return isKeptHere(state, task) || this.#kinds.isPrivateRole(task.role)
      ? keepingHere(`The step ${task.task}`, () => this.#execute(task, assignment))
      : this.#execute(task, assignment);
  }

  async #execute(task: TaskRecord, assignment: TaskAssignment): Promise<TaskOutcome> {
    const own = this.#kinds.get(task.kind).timeout === 'own' ? undefined : task.timeoutSeconds;
    const limit = own === undefined ? this.#run.taskTimeoutMilliseconds : own * 1000;
    if (limit === undefined) return this.#call(task, assignment);

    const timeout = AbortSignal.timeout(Math.min(longestTimer, Math.ceil(limit)));
    const signal = AbortSignal.any([assignment.signal, timeout]);
    try {
      return await this.#call(task, { ...assignment, signal });
    } catch (error) {
      if (!timeout.aborted || assignment.signal.aborted) throw error;
      const name = own === undefined ? 'task_timeout' : 'its timeout';
      const message = `The task took longer than ${name} allows (${limit / 1000} s). What arrived is kept.`;
      const hint = own === undefined ? 'Raise task_timeout, or leave it out.' : `Raise timeout of the step ${task.task}, or leave it out.`;
      return { status: 'failed', error: { code: 'task.timeout', message, hint }, again: 'if_asked' };
    }
  }

  async #call(task: TaskRecord, assignment: TaskAssignment): Promise<TaskOutcome> {
    const run = this.#run;
    const kind = this.#kinds.get(task.kind);
    const { role, taskType: task_type, expects, woken } = task;
    // The task itself says what an agent is told, and a program may give it any name.
    const parsed = task.options === undefined ? undefined : kind.options.safeParse(task.options);
    if (parsed?.error !== undefined) return badOptions(task, parsed.error);
    const options = parsed?.data ?? { role, task_type, expects };
    const { record, signal } = assignment;
    const { state } = run.journal;
    const evaluate: StepCall['evaluate'] = (text, extra) => evaluateFor(state, task, text, extra);
    const call = { options, run, task, assignment, woken, state, now: run.clock.now(), record, evaluate, signal };
    let outcome: TaskOutcome;
    try {
      outcome = await kind.execute(call);
    } catch (error) {
      if (!(error instanceof MultiagentError && error.code === 'expression.failed')) throw error;
      return { status: 'failed', error: describeError(error), again: 'never' };
    }
    // Whatever it was doing: with more money it goes on from there.
    if (outcome.status === 'failed' && outcome.error.code === 'budget.used_up')
      return { status: 'waiting', reason: budgetReason, error: outcome.error };
    const turn = outcome.status === 'completed' && outcome.turn !== undefined ? turnSchema.safeParse(outcome.turn) : undefined;
    return turn?.error === undefined ? outcome : badTurn(task, turn.error);
  }
}

/** Of a kind that a program added. */
function badTurn({ task, kind }: TaskRecord, error: z.ZodError): TaskOutcome {
  const message = `The kind ${kind} says of the step ${task} what others cannot be shown: ${z.prettifyError(error)}`;
  return { status: 'failed', error: { code: 'step.bad_turn', message }, again: 'never' };
}

/** Of a definition that a program made itself, or of steps that a kind has added: those of a registered workflow were checked before. */
function badOptions({ task, kind }: TaskRecord, error: z.ZodError): TaskOutcome {
  const message = `The step ${task} does not say what a step of the kind ${kind} has to: ${z.prettifyError(error)}`;
  return { status: 'failed', error: { code: 'step.bad_options', message }, again: 'never' };
}
