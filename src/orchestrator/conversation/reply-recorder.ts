import type { Sending } from '../../llm/destinations/request-watch.ts';
import type { ReplyUpdate } from '../../llm/reply/write-reply.ts';
import type { Report } from '../journal/run-journal.ts';
import { taskOfActivity } from '../../utils/run-id.ts';
import type { TaskAssignment } from '../task-executor.ts';

export interface ReplyRecorderOptions {
  activity: string;
  record: TaskAssignment['record'];
  now: () => number;
  /** Text is handed on at the latest this long after it arrived, and at once where a fence closes. */
  intervalMilliseconds?: number | undefined;
}

/**
 * Turns what a reply's stream reports into events: pieces of text are gathered, so that a fast model does not cost an event a token. What belongs to one moment is
 * recorded at once: that a reply and its first call begin, and that a call ends with what follows from it.
 */
export class ReplyRecorder {
  readonly #options: ReplyRecorderOptions;
  readonly #interval: number;
  #text = '';
  #reasoning = '';
  /** Recorded with whatever comes next. */
  #held: Report[] = [];
  #tokens = 0;
  #firstToken: number | undefined;
  #gatheringSince: number | undefined;
  #lastProgress = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #failure: { error: unknown } | undefined;
  /** The call that is under way. */
  #call: number | undefined;
  #begun = false;

  constructor(options: ReplyRecorderOptions) {
    this.#options = options;
    this.#interval = options.intervalMilliseconds ?? 500;
  }

  /** Of the first call, before it: it is recorded with that. */
  begin(started: Report): void {
    this.#held.push(started);
  }

  /** A request is about to be sent: if it leaves this machine, it is in the journal when this resolves; else it is recorded with what comes next. */
  async sending({ host, where, bytes }: Sending): Promise<void> {
    const call = this.#call;
    if (where === 'this_machine' && (call === undefined || bytes === 0)) return;
    const { activity, record } = this.#options;
    // Before the first call the journal does not know the reply yet.
    const of = this.#begun ? { activity, ...(call === undefined ? {} : { call }) } : {};
    const sent: Report = { type: 'request.sent', data: { ...of, host, where, bytes } };
    if (where === 'this_machine') this.#held = [...this.#gathered(), sent];
    else await record([...(this.#begun ? this.#gathered() : []), sent], 'normal');
  }

  /** The reply is whole, which is on the disk when this resolves. */
  async end(completed: Report): Promise<void> {
    await this.#options.record([...this.#gathered(), completed]);
  }

  async update(update: ReplyUpdate): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    const { activity, record, now } = this.#options;
    switch (update.type) {
      case 'text':
      case 'reasoning':
        this.#firstToken ??= now();
        this.#tokens += 1;
        if (update.type === 'text') this.#text += update.text;
        else this.#reasoning += update.text;
        this.#gatheringSince ??= now();
        if (now() - this.#gatheringSince >= this.#interval || closesFence(this.#text)) await this.flush();
        else this.#timer ??= setTimeout(() => void this.#flushLate(), this.#interval);
        break;
      case 'prompt_progress': {
        const { processed, total, cached } = update;
        if (now() - this.#lastProgress < this.#interval && processed < total) break;
        this.#lastProgress = now();
        await record([...this.#gathered(), { type: 'prompt.progress', data: { activity, processed, total, cached } }], 'normal');
        break;
      }
      case 'call_started':
        this.#call = update.call;
        this.#begun = true;
        await record(
          [...this.#gathered(), { type: 'call.started', data: { activity, call: update.call, continues: update.continues } }],
          'normal',
        );
        break;
      case 'call_sent':
        await record([...this.#gathered(), { type: 'call.sent', data: { activity, call: update.call, server: update.server } }], 'normal');
        break;
      case 'call_limited': {
        const { provider, milliseconds } = update;
        await record(
          [...this.#gathered(), { type: 'limit.waited', data: { task: taskOfActivity(activity), provider, milliseconds } }],
          'normal',
        );
        break;
      }
      case 'call_waits_for_budget':
        await record([...this.#gathered(), { type: 'budget.waited', data: { task: taskOfActivity(activity) } }], 'normal');
        break;
      case 'call_priced':
        // In the journal before it leaves this machine, see `sending`.
        this.#held = [...this.#gathered(), { type: 'call.priced', data: { activity, call: update.call, ...update.price } }];
        break;
      case 'tool_call': {
        const { id, name, arguments: said } = update;
        this.#held = [...this.#gathered(), { type: 'reply.called', data: { activity, id, name, arguments: said } }];
        break;
      }
      case 'cut': {
        const { call, at, removed, why } = update;
        await record([...this.#gathered(), { type: 'reply.cut', data: { activity, call, at, removed, why } }], 'normal');
        break;
      }
      case 'call_ended': {
        const { call, finishReason, usage, error, refused, heldBackMilliseconds } = update;
        this.#call = undefined;
        const described = error && { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
        const ended: Report = {
          type: 'call.ended',
          data: { activity, call, finishReason, usage, error: described, refused, heldBackMilliseconds },
        };
        this.#held = [...this.#gathered(), ended];
        // After an error there may be a long wait; else the next call begins, or the reply is whole.
        if (error === undefined) this.#timer = setTimeout(() => void this.#flushLate(), this.#interval);
        else await this.flush();
        break;
      }
    }
  }

  /** Hands on what has been gathered. */
  async flush(): Promise<void> {
    const gathered = this.#gathered();
    if (gathered.length > 0) await this.#options.record(gathered, 'normal');
  }

  /** What has been gathered, which then counts as handed on: what is recorded with it is one moment. */
  #gathered(): Report[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#gatheringSince = undefined;
    const held = this.#held;
    this.#held = [];
    if (this.#text === '' && this.#reasoning === '') return held;
    const { activity, now } = this.#options;
    // Clocks are set back.
    const milliseconds = Math.max(0, now() - (this.#firstToken ?? now()));
    const data = {
      activity,
      ...(this.#text === '' ? {} : { text: this.#text }),
      ...(this.#reasoning === '' ? {} : { reasoning: this.#reasoning }),
      tokens: this.#tokens,
      milliseconds,
    };
    this.#text = '';
    this.#reasoning = '';
    return [...held, { type: 'reply.delta', data }];
  }

  /** A model that pauses must not keep the last words from the journal. What goes wrong here is told to the next update. */
  async #flushLate(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.#failure = { error };
    }
  }
}

function closesFence(gathered: string): boolean {
  return /^ {0,3}(`{3,}|~{3,})[ \t]*\r?\n$/m.test(gathered.slice(-16));
}
