import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from '../../agents/task-session.ts';
import { renderMaterial } from '../../agents/plans/render-material.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { TurnEntry } from '../../events/task-events.ts';
import type { FileBlock } from '../../files/file-blocks.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import { renderFiles, renderTranscript, type Turn } from '../../llm/transcript.ts';
import { watchingRequests } from '../../llm/destinations/request-watch.ts';
import type { ReplyCut, WriteReplyOptions } from '../../llm/reply/reply-options.ts';
import { writeReply } from '../../llm/reply/write-reply.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import type { ReplyRecord } from '../../state/run/run-state.ts';
import { describeError } from '../../utils/describe-error.ts';
import { replyPlanOf } from './reply-plan-of.ts';
import { ReplyRecorder } from './reply-recorder.ts';
import { ReplyBudget } from './reply-budget.ts';
import { TaskWriter } from './task-writer.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { turnsOf, turnsSeenBy } from './task-transcript.ts';

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
  /** What stands before the first message. */
  #shown = '';
  #first: string | undefined;
  #last: string | undefined;
  /** Activities of this task that an earlier try has left. */
  readonly #before: number;
  #count: number;

  constructor(options: TaskConversationOptions) {
    this.#options = options;
    this.#writer = new TaskWriter(options);
    this.style = options.role.style;
    this.signal = options.assignment.signal;
    this.#before = options.run.journal.state.tasks.get(options.assignment.task)?.superseded ?? 0;
    this.#count = this.#before;
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

  /** Puts what the run holds before the task's first message, in the layouts that show it there. */
  show(material: RunMaterial): void {
    this.#shown = renderMaterial({ material, layout: this.style.layout, shows: 'files' });
  }

  /** The name of the next exchange. */
  get next(): string {
    return `${this.#options.assignment.task}/${this.#count + 1}`;
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
    const reply = run.journal.state.replyCaps[assignment.task] ?? role.contextTokens / 4;
    return Math.max(0, Math.floor(role.contextTokens * (1 - 1 / 64) - said - reply));
  }

  /** Asks on: the last reply and this message stay in the turn, so that later tasks see what the model was told. */
  async goOn(message: string, options: AskOptions = {}): Promise<AgentReply> {
    if (this.#last !== undefined) this.#within.push({ role: 'assistant', activity: this.#last }, { role: 'user', activity: this.next });
    return this.ask(message, options);
  }

  async ask(message: string, options: AskOptions = {}): Promise<AgentReply> {
    const { task } = this.#options.assignment;
    const shown = options.before !== 'nothing' && this.#own.length === 0 ? this.#shown : '';
    const asked = options.files?.length ? `${message}\n\n${renderFiles(options.files).trim()}` : message;
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

  async #write(
    activity: string,
    message: string,
    saved: ReplyRecord | undefined,
    {
      timeoutMilliseconds,
      before,
      sampling: otherwise,
      begins = '',
      stop = [],
      plannedTokens = Infinity,
      holds,
      mostCuts,
      schema,
    }: AskOptions,
  ): Promise<AgentReply> {
    const { run, assignment } = this.#options;
    const signal =
      timeoutMilliseconds === undefined ? this.signal : AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMilliseconds)]);
    const recorder = new ReplyRecorder({ activity, record: assignment.record, now: () => run.clock.now() });
    const turns = this.#turnsBefore();
    let text = saved?.text ?? '';
    const earlier = earlierOf(saved);
    let arriving = run.files.followReply();
    this.#check(arriving.feed(text));
    const own = before === 'nothing' ? [] : [...this.#own];
    const messagesFor = (beginning: string) => this.#messages({ turns, own, message, saved: beginning });

    const writer = this.#writer;
    await writer.begin();
    const prepare = () => {
      const { role } = writer;
      const ofTask = this.#limits(role);
      const stops = [...(ofTask.sampling.stop ?? []), ...stop];
      const sampling = { ...ofTask.sampling, ...(schema && mayRepeat), ...otherwise, ...(stops.length > 0 ? { stop: stops } : {}) };
      const { chatTemplateKwargs } = sampling;
      const budget = new ReplyBudget({ run, role, assignment, turns, messagesFor, chatTemplateKwargs, signal });
      return { model: role.model, limits: { ...ofTask, sampling }, budget };
    };
    let now = prepare();
    // Where the length of one reply is planned, one call may take all that it may have: after a call that ends at its planned length the server reads again what it
    // has just written, from the first token on that is none of the text's own.
    const capFor = (written: string) => now.budget.capFor(written);
    const replyCap = Math.min(plannedTokens, (await capFor(text)) ?? Infinity);
    const started = {
      activity,
      task: assignment.task,
      kind: 'reply' as const,
      message,
      turns,
      epoch: run.journal.state.epoch.number,
      replyCap: Number.isFinite(replyCap) ? replyCap : undefined,
      before,
      sampling: otherwise && { ...otherwise },
    };
    recorder.begin({ type: 'activity.started', data: started });
    if (text === '' && begins !== '') {
      // Of the reply like what the model writes: whoever goes on with it after a crash goes on from there.
      text = begins;
      this.#check(arriving.feed(begins));
      await recorder.update({ type: 'text', text: begins });
      await recorder.flush();
    }
    const write = (asked: WriteReplyOptions) =>
      watchingRequests(
        (sending) => recorder.sending(sending),
        () => writeReply(asked),
      );
    try {
      for (;;) {
        try {
          const reply = await write({
            model: now.model,
            owner: `${run.run}/${assignment.task}`,
            messagesFor,
            saved: text,
            earlier,
            ...now.limits,
            plan: replyPlanOf(run, assignment.task, { plannedTokens, holds }),
            plannedCap: capFor,
            mostCuts,
            format: schema && { name: 'reply', schema },
            retries: () => writer.retries,
            retryDelayMilliseconds: run.retryDelayMilliseconds,
            clock: run.clock,
            signal,
            onUpdate: async (update) => {
              const arrived = update.type === 'text' ? arriving.feed(update.text) : [];
              if (update.type === 'text') text += update.text;
              if (update.type === 'cut') {
                text = text.slice(0, update.at);
                arriving = run.files.followReply();
                arriving.feed(text);
                earlier.cuts.push(update);
              }
              if (update.type === 'call_ended' && update.finishReason === 'length') earlier.lengthEnds += 1;
              if (update.type === 'call_ended')
                run.callRetries.callEnded(assignment.task, update.error === undefined ? 'succeeded' : 'failed');
              if (update.type === 'call_ended') now.budget.learn(update.usage?.promptTokens);
              if (update.type === 'call_ended' && update.error === undefined) writer.succeeded();
              await recorder.update(update);
              this.#check(arrived);
              // The recorder keeps what ends with a fence at once; other files that are whole are kept here.
              if (arrived.length > 0) await recorder.flush();
            },
          });
          const { reasoning, finishReason, usage } = reply;
          await recorder.end({
            type: 'activity.completed',
            data: { activity, kind: 'reply', text: reply.text, reasoning, finishReason, usage },
          });
          return { text: reply.text, finishReason };
        } catch (error) {
          if (error instanceof ModelError && error.kind === 'overflow' && (await now.budget.cutAfter(error))) continue;
          await recorder.flush();
          await writer.standIn(error);
          now = prepare();
        }
      }
    } catch (error) {
      await recorder.flush();
      if (!this.signal.aborted)
        await assignment.record([{ type: 'activity.failed', data: { activity, kind: 'reply', error: describeError(error), text } }]);
      throw error;
    }
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

  /** Checks files of a reply that is still arriving, so that the findings are ready when the files are written. */
  #check(blocks: FileBlock[][]): void {
    const { fileCheck, checks } = this.#options.run;
    if (fileCheck === 'off') return;
    for (const file of blocks.flat()) if (file.change.kind === 'whole') void checks.begin(file);
  }

  #limits(role: RoleModel) {
    const { run, assignment } = this.#options;
    const { taskType = '', expects = 'text', sampling } = run.journal.state.tasks.get(assignment.task) ?? {};
    return role.limitsOf({ taskType, expects, sampling });
  }
}

/** The turn of which one activity asked, and the same one or a later one replied. */
export function turnOfExchange(asked: string, replied: string): [TurnEntry, TurnEntry] {
  return [
    { role: 'user', activity: asked },
    { role: 'assistant', activity: replied },
  ];
}

/** Keys in data repeat naturally. */
const mayRepeat = { dryMultiplier: undefined, repeatPenalty: undefined };

/** After a call with one of these ends, the reply continues. */
const goesOn: ReadonlySet<string> = new Set(['length', 'error', 'repetition']);

/** What came of a reply before, for the calls that go on with it. */
function earlierOf(record: ReplyRecord | undefined): { cuts: ReplyCut[]; lengthEnds: number } {
  const { cuts = [], calls = [] } = record ?? {};
  return { cuts: [...cuts], lengthEnds: calls.filter(({ finishReason }) => finishReason === 'length').length };
}

function replyFrom({ text, finishReason }: ReplyRecord): AgentReply {
  return { text, finishReason: finishReason ?? 'stop' };
}
