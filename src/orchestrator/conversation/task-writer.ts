import { withSpares } from '../../llm/fallback/with-spares.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';

export interface TaskWriterOptions {
  run: Pick<RunContext, 'fallback' | 'callRetries' | 'journal'>;
  /** The model that the task asks. */
  role: RoleModel;
  assignment: Pick<TaskAssignment, 'task' | 'record' | 'signal'>;
}

/** Who writes the replies of one task: the model that it asks, or what stands in for it. Each change is in the journal before anything is asked. */
export class TaskWriter {
  readonly #options: TaskWriterOptions;
  readonly #tried = new Set<string>();
  readonly #lost: { name: string; error: ModelError }[] = [];
  #role: RoleModel;
  #isTrial = false;
  #begun = false;

  constructor(options: TaskWriterOptions) {
    this.#options = options;
    this.#role = options.role;
  }

  get role(): RoleModel {
    return this.#role;
  }

  /** How often its next call may be repeated. */
  get retries(): number {
    return this.#isTrial ? 0 : this.#options.run.callRetries.left(this.#options.assignment.task);
  }

  /** Before the first reply: a model that was lost for an earlier task is not asked again before it answers. */
  async begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const { run, role: own, assignment } = this.#options;
    const { task, record, signal } = assignment;
    const { role, isTrial, why, returned } = await run.fallback.begin(this.#user, own, signal);
    this.#role = role;
    this.#isTrial = isTrial;
    if (returned === true) await record([{ type: 'model.returned', data: { task, model: own.name } }]);
    if (why !== undefined) await record([{ type: 'model.fell_back', data: { task, from: own.name, to: role.name, why, at: 'step' } }]);
  }

  /** A call has come to its end. */
  succeeded(): void {
    this.#isTrial = false;
    this.#options.run.fallback.succeeded(this.#role);
  }

  /** Changes to the model that goes on after this error. @throws the error, with those of all that was tried, where none does. */
  async standIn(error: unknown): Promise<void> {
    if (!(error instanceof ModelError)) throw error;
    const { run, assignment } = this.#options;
    const { task, record, signal } = assignment;
    signal.throwIfAborted();
    const lost = this.#role;
    this.#tried.add(lost.name);
    const { found, failed } = await run.fallback.after(error, { user: this.#user, lost, tried: this.#tried, signal });
    if (found === undefined) {
      const [first, ...later] = [...this.#lost, { name: lost.name, error }];
      const spares = [...later.map((each) => ({ name: each.name, why: each.error.message })), ...failed];
      throw error.kind === 'overflow' ? error : withSpares(first?.error ?? error, spares);
    }
    this.#lost.push({ name: lost.name, error });
    this.#role = found.role;
    this.#isTrial = found.isTrial;
    // What the other has failed is not counted against it.
    run.callRetries.callEnded(task, 'succeeded');
    await record([{ type: 'model.fell_back', data: { task, from: lost.name, to: found.role.name, why: error.message, at: 'call' } }]);
  }

  get #user() {
    const { run, assignment } = this.#options;
    const { role = '', taskType = '' } = run.journal.state.tasks.get(assignment.task) ?? {};
    return { role, taskType };
  }
}
