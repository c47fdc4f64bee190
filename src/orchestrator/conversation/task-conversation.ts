import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from '../../agents/task-session.ts';
import type { TurnEntry } from '../../events/task-events.ts';
import { askedParts, type CallResult, repliedParts } from '../../events/native-call.ts';
import { textOfTools } from '../../llm/tool-description.ts';
import { renderFiles, type Turn } from '../../llm/transcript.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import type { ReplyRecord } from '../../state/run/run-state.ts';
import { TaskWriter } from './task-writer.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { type OfferedTools, promptOf } from './prompt-of.ts';
import { turnsSeenBy } from './task-transcript.ts';
import { writeExchange } from './write-exchange.ts';

export interface TaskConversationOptions {
  run: RunContext;
  role: RoleModel;
  /** The system message. */
  system: string;
  assignment: TaskAssignment;
  /** The turns that come before; default: those that the task sees. */
  turns?: readonly string[] | undefined;
  /** Absent: its agent calls nothing, or in text. */
  offered?: OfferedTools | undefined;
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
    const { tools, messagesFor } = promptOf(this.#options, role, {
      turns: this.#turnsBefore(),
      own: before === 'nothing' ? [] : this.#own,
      message,
      results: undefined,
    });
    const said = role.estimate.ofMessages(messagesFor('')) + role.estimate.ofText(textOfTools(tools));
    // What is planned for a reply may be all that is left.
    const reply = Math.min(run.journal.state.replyCaps[assignment.task] ?? Infinity, role.contextTokens / 4);
    return Math.max(0, Math.floor(role.contextTokens * (1 - 1 / 64) - said - reply));
  }

  /** Asks on: the last reply and this message stay in the turn, so that later tasks see what the model was told. */
  async goOn(message: string): Promise<AgentReply> {
    return this.#goOn(message, undefined);
  }

  /** As `goOn`, with what the native calls of the last reply say. */
  async tellResults(results: readonly CallResult[]): Promise<AgentReply> {
    return this.#goOn('', results);
  }

  /** From here on the agent calls in text. */
  async callInText(why: string): Promise<void> {
    const { run, assignment } = this.#options;
    const { task } = assignment;
    if (run.journal.state.tasks.get(task)?.callsInText === undefined)
      await assignment.record([{ type: 'task.calls_in_text', data: { task, why } }]);
  }

  #goOn(message: string, results: readonly CallResult[] | undefined): Promise<AgentReply> {
    if (this.#last !== undefined) this.#within.push({ role: 'assistant', activity: this.#last }, { role: 'user', activity: this.next });
    return this.#ask(message, { results });
  }

  async ask(message: string, options: AskOptions = {}): Promise<AgentReply> {
    return this.#ask(message, options);
  }

  async #ask(message: string, { results, ...options }: AskOptions & { results?: readonly CallResult[] | undefined }): Promise<AgentReply> {
    const { task } = this.#options.assignment;
    const asked = options.files?.length ? `${message}\n\n${renderFiles(options.files).trim()}` : message;
    const shown = options.before !== 'nothing' && this.#own.length === 0 ? (this.said(asked) ?? (await this.#before(asked))) : '';
    const whole = `${shown}${asked}`;
    const activity = `${task}/${(this.#count += 1)}`;
    this.#first ??= activity;
    this.#last = activity;
    const begun = replyOf(this.#options.run.journal.state, activity);
    const earlier = begun?.message === whole ? begun : undefined;
    const reply = (await this.#finished(earlier)) ?? (await this.#write({ activity, message: whole, results }, earlier, options));
    const messages: Turn['messages'] = [
      { role: 'user', content: askedParts(whole, results) },
      { role: 'assistant', content: repliedParts(reply.text, reply.called) },
    ];
    this.#own.push({ task, messages });
    return reply;
  }

  /** A reply that is complete in the journal is not asked for again, even if its owner died before saying so. */
  async #finished(earlier: ReplyRecord | undefined): Promise<AgentReply | undefined> {
    if (earlier?.status === 'completed') return replyFrom(earlier);
    const end = earlier?.calls.at(-1)?.finishReason;
    if (earlier?.status !== 'started' || end === undefined || goesOn.has(end)) return undefined;
    if (earlier.text === '' && earlier.called === undefined && end !== 'unreadable_call') return undefined;
    const { activity, text, reasoning, called, usage = {} } = earlier;
    const data = { activity, kind: 'reply' as const, text, reasoning, called: called && [...called], finishReason: end, usage };
    await this.#options.assignment.record([{ type: 'activity.completed', data }]);
    return { text, finishReason: end, called };
  }

  #write(
    exchange: { activity: string; message: string; results: readonly CallResult[] | undefined },
    saved: ReplyRecord | undefined,
    asked: AskOptions,
  ): Promise<AgentReply> {
    const { run, assignment } = this.#options;
    const turns = this.#turnsBefore();
    const own = asked.before === 'nothing' ? [] : [...this.#own];
    const promptFor = (role: RoleModel) => promptOf(this.#options, role, { turns, own, ...exchange });
    const callInText = (why: string) => this.callInText(why);
    return writeExchange({ run, assignment, writer: this.#writer, ...exchange, saved, turns, promptFor, callInText, asked });
  }

  #turnsBefore(): string[] {
    const { run, assignment, turns } = this.#options;
    return turns === undefined ? turnsSeenBy(run, assignment.task) : [...turns];
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

function replyFrom({ text, finishReason, called }: ReplyRecord): AgentReply {
  return { text, finishReason: finishReason ?? 'stop', called };
}
