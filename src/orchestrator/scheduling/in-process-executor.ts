import { z } from 'zod';
import { turnSchema } from '../../events/task-events.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { evaluateFor } from '../scope/evaluate-for.ts';
import type { StepCall } from '../step-kind.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { budgetReason } from './waits-by-itself.ts';
import type { RunContext } from '../run-context.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import type { TaskAssignment, TaskExecutor, TaskOutcome } from '../task-executor.ts';
import { withinLimits } from './within-limits.ts';

/** Executes tasks in this process, each by the kind of its step. */
export class InProcessExecutor implements TaskExecutor {
  readonly #run: RunContext;
  readonly #kinds: StepKindRegistry;

  constructor(run: RunContext, kinds: StepKindRegistry) {
    this.#run = run;
    this.#kinds = kinds;
  }

  execute(assignment: TaskAssignment): Promise<TaskOutcome> {
    return withinLimits({ run: this.#run, kinds: this.#kinds, assignment }, (task, limited) => this.#call(task, limited));
  }

  async #call(task: TaskRecord, assignment: TaskAssignment): Promise<TaskOutcome> {
    const run = this.#run;
    const kind = this.#kinds.get(task.kind);
    const { role, taskType: task_type, expects, woken } = task;
    // The task itself says what an agent is told, and a program may give it any name.
    const parsed = task.options === undefined ? undefined : kind.options.safeParse(task.options);
    if (parsed?.error !== undefined) return badOptions(task, parsed.error);
    const options = parsed?.data ?? { role, task_type, expects: task.orText === true ? 'either' : expects };
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
