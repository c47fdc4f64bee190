import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from '../agents/task-session.ts';
import { estimatePromptTokens } from '../llm/estimate-tokens.ts';
import { ModelError } from '../llm/model-error.ts';
import { renderFiles, renderTranscript, type Turn } from '../llm/transcript.ts';
import { writeReply } from '../llm/write-reply.ts';
import type { ActivityRecord } from '../state/run-state.ts';
import { turnOf } from '../state/turn-of.ts';
import { describeError } from '../utils/describe-error.ts';
import { makeRoom } from './make-room.ts';
import { ReplyRecorder } from './reply-recorder.ts';
import type { RoleModel, RunContext } from './run-context.ts';
import type { TaskAssignment } from './task-executor.ts';
import { visibleTurns } from './visible-turns.ts';

export interface TaskConversationOptions {
  run: RunContext;
  role: RoleModel;
  /** The system message. */
  system: string;
  assignment: TaskAssignment;
}

/** A prompt that leaves less room than this is cut first, whatever was planned. */
const smallestReply = 256;

/**
 * The exchanges of one task with the model. Each is an activity: one that is completed in the journal is answered from there, and one that was cut off
 * goes on from the text that was saved.
 */
export class TaskConversation implements TaskSession {
  readonly style: InstructionStyle;
  readonly signal: AbortSignal;
  readonly #options: TaskConversationOptions;
  /** Earlier exchanges of this task, such as a reply and the turn that corrects it. */
  readonly #own: Turn[] = [];
  /** Activities of this task that an earlier try has left. */
  readonly #before: number;
  #count: number;

  constructor(options: TaskConversationOptions) {
    this.#options = options;
    this.style = options.role.style;
    this.signal = options.assignment.signal;
    this.#before = options.run.journal.state.tasks.get(options.assignment.task)?.superseded ?? 0;
    this.#count = this.#before;
  }

  /** The activities that asked first and replied last; undefined before the first `ask`. */
  get turn(): { asked: string; replied: string } | undefined {
    const { task } = this.#options.assignment;
    return this.#count === this.#before ? undefined : { asked: `${task}/${this.#before + 1}`, replied: `${task}/${this.#count}` };
  }

  async ask(message: string, options: AskOptions = {}): Promise<AgentReply> {
    const { task } = this.#options.assignment;
    const whole = options.files?.length ? `${message}\n\n${renderFiles(options.files).trim()}` : message;
    const activity = `${task}/${(this.#count += 1)}`;
    const earlier = this.#options.run.journal.state.tasks
      .get(task)
      ?.activities.find((record) => record.activity === activity && record.message === whole);
    const reply = earlier?.status === 'completed' ? replyOf(earlier) : await this.#write(activity, whole, earlier?.text ?? '', options);
    this.#own.push({ task, user: whole, assistant: reply.text });
    return reply;
  }

  async #write(activity: string, message: string, saved: string, { timeoutMilliseconds }: AskOptions): Promise<AgentReply> {
    const { run, role, assignment } = this.#options;
    const signal =
      timeoutMilliseconds === undefined ? this.signal : AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMilliseconds)]);
    const recorder = new ReplyRecorder({ activity, record: assignment.record, now: () => run.clock.now() });
    const turns = visibleTurns(run.journal.state, assignment.task);
    const plannedCap = run.journal.state.replyCaps[assignment.task];
    let text = saved;
    const messagesFor = (beginning: string) =>
      renderTranscript({
        system: this.#options.system,
        input: run.journal.state.input,
        turns: this.#turns(turns),
        message,
        saved: beginning,
      });

    const { replyCap } = await this.#fit({ turns, plannedCap, messages: () => messagesFor(text), signal });
    await assignment.record([
      {
        type: 'activity.started',
        data: { activity, task: assignment.task, kind: 'reply', message, turns, epoch: run.journal.state.epoch.number, replyCap },
      },
    ]);
    try {
      for (;;) {
        try {
          const reply = await writeReply({
            model: role.model,
            messagesFor,
            saved: text,
            sampling: role.sampling,
            plannedCap: replyCap,
            finalCap: role.finalCap,
            retries: run.callRetries,
            retryDelayMilliseconds: run.retryDelayMilliseconds,
            clock: run.clock,
            signal,
            onUpdate: async (update) => {
              if (update.type === 'text') text += update.text;
              await recorder.update(update);
            },
          });
          const { reasoning, finishReason, usage } = reply;
          await assignment.record([{ type: 'activity.completed', data: { activity, text: reply.text, reasoning, finishReason, usage } }]);
          return { text: reply.text, finishReason };
        } catch (error) {
          if (!(error instanceof ModelError && error.kind === 'overflow') || !(await this.#cut(turns, excessOf(error, plannedCap))))
            throw error;
        }
      }
    } catch (error) {
      await recorder.flush();
      if (!this.signal.aborted)
        await assignment.record([{ type: 'activity.failed', data: { activity, error: describeError(error), text } }]);
      throw error;
    }
  }

  /** Cuts earlier replies until the prompt and the reply that was planned for have room. */
  async #fit({
    turns,
    plannedCap,
    messages,
    signal,
  }: {
    turns: string[];
    plannedCap: number | undefined;
    messages: () => Parameters<typeof estimatePromptTokens>[0];
    signal: AbortSignal;
  }) {
    const { run, role } = this.#options;
    if (run.contextTokens === undefined) return { replyCap: plannedCap };
    for (;;) {
      const promptTokens = (await role.model.countTokens(messages(), signal)) ?? estimatePromptTokens(messages());
      const room = run.contextTokens - promptTokens;
      const wanted = Math.max(smallestReply, plannedCap ?? smallestReply);
      if (room >= wanted || !(await this.#cut(turns, wanted - room))) {
        if (room < smallestReply) throw doesNotFit(promptTokens, run.contextTokens);
        return { replyCap: Math.min(room, wanted) };
      }
    }
  }

  async #cut(turns: string[], excessTokens: number): Promise<boolean> {
    const { run, assignment } = this.#options;
    const cut = makeRoom({ state: run.journal.state, task: assignment.task, turns, excessTokens });
    if (cut === undefined) return false;
    await assignment.record([cut]);
    run.logger.warn(cut.data.reason, { cut: cut.data.cuts.map(({ task }) => task) });
    return true;
  }

  #turns(names: string[]): Turn[] {
    const { state } = this.#options.run.journal;
    const earlier = names.flatMap((name) => {
      const turn = turnOf(name, state);
      return turn === undefined ? [] : [{ task: name, user: turn.user, assistant: state.epoch.digests.get(name) ?? turn.assistant }];
    });
    return [...earlier, ...this.#own];
  }
}

function replyOf({ text, finishReason }: ActivityRecord): AgentReply {
  return { text, finishReason: finishReason ?? 'stop' };
}

function excessOf(error: ModelError, plannedCap: number | undefined): number {
  const { promptTokens, contextTokens } = error.overflow ?? {};
  const reply = plannedCap ?? smallestReply;
  return promptTokens === undefined || contextTokens === undefined ? reply : Math.max(1, promptTokens - contextTokens + reply);
}

function doesNotFit(promptTokens: number, contextTokens: number): ModelError {
  return new ModelError({
    kind: 'overflow',
    code: 'model.overflow',
    message: `The requirement and what this step needs take ${promptTokens} tokens, and the model's context has ${contextTokens} for them and the reply.`,
    hint: 'Start the model server with a larger context (llama-server -c), shorten the requirement, or give fewer --file.',
    overflow: { promptTokens, contextTokens },
  });
}
