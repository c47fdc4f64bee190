import { ModelError } from '../../llm/model-error.ts';
import type { RemoteTeam } from '../../llm/remote-team.ts';
import { withSpares } from '../../llm/fallback/with-spares.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import { InProcessExecutor } from '../scheduling/in-process-executor.ts';
import { withinLimits } from '../scheduling/within-limits.ts';
import { outcomeOfWork } from '../step-kinds/outcome-of-work.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import type { StepOptions } from '../step-kind.ts';
import type { TaskAssignment, TaskExecutor, TaskOutcome } from '../task-executor.ts';
import { remoteStep } from './remote-step.ts';

export interface RemoteExecutorOptions {
  run: RunContext;
  kinds: StepKindRegistry;
  /** Executes what no team elsewhere does. */
  here: TaskExecutor;
}

/**
 * Executes the steps of agents whose model is a team elsewhere by handing them over as a whole, and everything else here. The journal stays the truth: a task is attached to
 * again by what stands in it. A team that fails or is lost is replaced by a model, where a person has named one.
 */
export class RemoteExecutor implements TaskExecutor {
  readonly #options: RemoteExecutorOptions;

  constructor(options: RemoteExecutorOptions) {
    this.#options = options;
  }

  async execute(assignment: TaskAssignment): Promise<TaskOutcome> {
    const { run, kinds, here } = this.#options;
    const team = teamOf(run, run.journal.state.tasks.get(assignment.task));
    if (team === undefined) return here.execute(assignment);
    let instead: RoleModel | undefined;
    const outcome = await withinLimits({ run, kinds, assignment }, (task, limited) => {
      const step = { run, task, assignment: limited };
      return outcomeOfWork(step, async () => {
        try {
          return await remoteStep(step, team);
        } catch (error) {
          instead = await this.#standIn(step, error);
          return unseen;
        }
      });
    });
    if (instead === undefined) return outcome;
    const role = instead;
    // Only this task's own questions go to what stands in; the run still knows the team.
    return new InProcessExecutor({ ...run, modelOf: (user) => (isOf(user, assignment.task) ? role : run.modelOf(user)) }, kinds).execute(
      assignment,
    );
  }

  /** What goes on in the place of the team. @throws the error, where nothing may. */
  async #standIn({ run, task, assignment }: StepOptions, error: unknown): Promise<RoleModel> {
    assignment.signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    const lost = run.modelOf(task);
    const { found, failed } = await run.fallback.after(error, { user: task, lost, tried: new Set([lost.name]), signal: assignment.signal });
    if (found === undefined) throw withSpares(error, failed);
    const data = { task: task.task, from: lost.name, to: found.role.name, why: error.message, at: 'call' as const };
    await assignment.record([{ type: 'model.fell_back', data }]);
    return found.role;
  }
}

/** In the place of the outcome that the stand-in brings: nobody sees it. */
const unseen: TaskOutcome = { status: 'completed' };

function isOf(user: Parameters<RunContext['modelOf']>[0], task: string): boolean {
  return user !== undefined && 'task' in user && user.task === task;
}

/** The team that does a task as a whole. What woke a task after its repairs is settled here, and data in a given shape is asked of a model. */
function teamOf(run: RunContext, task: TaskRecord | undefined): RemoteTeam | undefined {
  if (task === undefined || task.kind !== 'agent' || task.schema !== undefined || task.woken?.by === 'tasks') return undefined;
  return run.modelOf(task).team;
}
