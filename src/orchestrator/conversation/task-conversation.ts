import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from '../../agents/task-session.ts';
import type { TurnEntry } from '../../events/task-events.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { renderFiles, renderTranscript, type Turn } from '../../llm/transcript.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import type { ReplyRecord } from '../../state/run/run-state.ts';
import { TaskWriter } from './task-writer.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { turnsOf, turnsSeenBy } from './task-transcript.ts';
import { writeExchange } from './write-exchange.ts';

export interface TaskConversationOptions {
  run: RunContext;
  role: RoleModel;
  /** The system message. */
  system: string;
  assignment: TaskAssignment;
  /** The turns that come before; default: those that the task sees. */
  turns?: readonly string[] | undefined;
}

/**
 * The exchanges of one task with the model. Each is an activity: one that is completed in the journal is answered from there, and one that was cut off
 * continues from the saved text.
 */
export class TaskConversation implements TaskSession {
  readonly style: InstructionStyle;
  readonly signal: AbortSignal;
  readonly #options: TaskConversationOptions;
  readonly #writer: TaskWriter;
  /** Earlier exchanges of this task, such as a reply and the turn that corrects it. */
  readonly #own: Turn[] = [];
  /** Exchanges in the midst of the turn: a reply that was no result, and what was said to it. */
  readonly #within: TurnEntry[] = [];
  /** Finds out what stands before the first message. */
  #before: (message: string) => Promise<string> = () => Promise.resolve('');
  #first: string | undefined;
  #last: string | undefined;
  /** Activities of this task that an earlier try has left. */
  readonly #superseded: number;
  #count: number;

  constructor(options: TaskConversationOptions) {
    this.#options = options;
    this.#writer = new TaskWriter(options);
    this.style = options.role.style;
    this.signal = options.assignment.signal;
    this.#superseded = options.run.journal.state.tasks.get(options.assignment.task)?.superseded ?? 0;
    this.#count = this.#superseded;
  }

  /** The activity that asked first; undefined before the first `ask`. */
  get first(): string | undefined {
    return this.#first;
  }

  /** The activity that asked last; undefined before the first `ask`. */
  get last(): string | undefined {
    return this.#last;
  }

  /** What was asked first and replied last, with what `goOn` has said in between; undefined before the first `ask`. */
  get turn(): TurnEntry[] | undefined {
    if (this.#first === undefined || this.#last === undefined) return undefined;
    const [asked, replied] = turnOfExchange(this.#first, this.#last);
    return [asked, ...this.#within, replied];
  }

  /** Puts a text before the task's first message. It is worked out when that message is known, as the first thing of the exchange. */
  show(before: (message: string) => Promise<string>): void {
    this.#before = before;
  }

  /** The name of the next exchange. */
  get next(): string {
    return `${this.#options.assignment.task}/${this.#count + 1}`;
  }

  /**
   * What stood before this message, where the journal has the next exchange already: a task that goes on says again what it said, whatever has come to stand since,
   * also from itself.
   */
  said(message: string): string | undefined {
    const said = replyOf(this.#options.run.journal.state, this.next)?.message;
    return said?.endsWith(message) === true ? said.slice(0, said.length - message.length) : undefined;
  }

  /** Does something between two exchanges, as an activity of this name. */
  between<Result>(work: (activity: string) => Promise<Result>): Promise<Result> {
    this.#count += 1;
    return work(`${this.#options.assignment.task}/${this.#count}`);
  }

  /** About how many tokens can be added to a next message, beside all that was said and the reply to it. Undefined: the context is not known. */
  room(message = '', { before }: Pick<AskOptions, 'before'> = {}): number | undefined {
    const { run, role, assignment } = this.#options;
    if (role.contextTokens === undefined) return undefined;
    const said = role.estimate.ofMessages(
      this.#messages({ turns: this.#turnsBefore(), own: before === 'nothing' ? [] : this.#own, message }),
    );
    // What is planned for a reply may be all that is left.
    const reply = Math.min(run.journal.state.replyCaps[assignment.task] ?? Infinity, role.contextTokens / 4);
    return Math.max(0, Math.floor(role.contextTokens * (1 - 1 / 64) - said - reply));
  }

  /** Asks on: the last reply and this message stay in the turn, so that later tasks see what the model was told. */
  async goOn(message: string, options: AskOptions = {}): Promise<AgentReply> {
    if (this.#last !== undefined) this.#within.push({ role: 'assistant', activity: this.#last }, { role: 'user', activity: this.next });
    return this.ask(message, options);
  }

  async ask(message: string, options: AskOptions = {}): Promise<AgentReply> {
    const { task } = this.#options.assignment;
    const asked = options.files?.length ? `${message}\n\n${renderFiles(options.files).trim()}` : message;
    const shown = options.before !== 'nothing' && this.#own.length === 0 ? (this.said(asked) ?? (await this.#before(asked))) : '';
    const whole = `${shown}${asked}`;
    const activity = `${task}/${(this.#count += 1)}`;
    this.#first ??= activity;
    this.#last = activity;
    const begun = replyOf(this.#options.run.journal.state, activity);
    const earlier = begun?.message === whole ? begun : undefined;
    const reply = (await this.#finished(earlier)) ?? (await this.#write(activity, whole, earlier, options));
    this.#own.push({ task, messages: [textMessage('user', whole), textMessage('assistant', reply.text)] });
    return reply;
  }

  /** A reply that is complete in the journal is not asked for again, even if its owner died before saying so. */
  async #finished(earlier: ReplyRecord | undefined): Promise<AgentReply | undefined> {
    if (earlier?.status === 'completed') return replyFrom(earlier);
    const end = earlier?.calls.at(-1)?.finishReason;
    if (earlier?.status !== 'started' || earlier.text === '' || end === undefined || goesOn.has(end)) return undefined;
    const { activity, text, reasoning, usage = {} } = earlier;
    const data = { activity, kind: 'reply' as const, text, reasoning, finishReason: end, usage };
    await this.#options.assignment.record([{ type: 'activity.completed', data }]);
    return { text, finishReason: end };
  }

  #write(activity: string, message: string, saved: ReplyRecord | undefined, asked: AskOptions): Promise<AgentReply> {
    const { run, assignment } = this.#options;
    const turns = this.#turnsBefore();
    const own = asked.before === 'nothing' ? [] : [...this.#own];
    const messagesFor = (beginning: string) => this.#messages({ turns, own, message, saved: beginning });
    return writeExchange({ run, assignment, writer: this.#writer, activity, message, saved, turns, messagesFor, asked });
  }

  #turnsBefore(): string[] {
    const { run, assignment, turns } = this.#options;
    return turns === undefined ? turnsSeenBy(run, assignment.task) : [...turns];
  }

  #messages({ turns, own, message, saved }: { turns: string[]; own: readonly Turn[]; message: string; saved?: string }): ChatMessage[] {
    const { run, system, assignment } = this.#options;
    const { input, tasks } = run.journal.state;
    return renderTranscript({ system, input, turns: [...turnsOf(run, tasks.get(assignment.task), turns), ...own], message, saved });
  }
}

/** The turn of which one activity asked, and the same one or a later one replied. */
export function turnOfExchange(asked: string, replied: string): [TurnEntry, TurnEntry] {
  return [
    { role: 'user', activity: asked },
    { role: 'assistant', activity: replied },
  ];
}

/** After a call with one of these ends, the reply continues. */
const goesOn: ReadonlySet<string> = new Set(['length', 'error', 'repetition']);

function replyFrom({ text, finishReason }: ReplyRecord): AgentReply {
  return { text, finishReason: finishReason ?? 'stop' };
}
