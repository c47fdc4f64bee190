import type { ChatMessage, Prepared, PrepareOptions } from '../chat-model.ts';
import { removeForkFiles } from './fork-files.ts';
import { HeldTranscripts } from './held-transcripts.ts';
import { Lane } from './lane.ts';
import type { ReadPrompt, SlotRequests } from './slot-requests.ts';
import { repliedText, transcriptText } from './transcript-text.ts';

export interface SlotKeeperOptions {
  requests: Pick<SlotRequests, 'canSave' | 'idle' | 'act' | 'read'>;
  /** How many slots the server has. */
  slots: number;
  /** File names for saved slots, at least one; for this server alone. */
  files: readonly string[];
  /** Where the server saves slots, if known and on this machine: they are removed at the end. */
  folder?: string | undefined;
}

/** One request's place. Whoever takes it reports when the server has begun the request and when it is over. */
export interface Seat {
  /** The slot to pin the request to. Undefined: the server chooses. */
  slot: number | undefined;
  begun(): void;
  /** `reply`: what was written. Undefined: the request failed. */
  ended(reply: string | undefined): void;
}

export interface SeatOptions {
  model: string;
  messages: readonly ChatMessage[];
  signal?: AbortSignal | undefined;
}

/** A saved beginning that further requests will share. */
interface Fork {
  text: string;
  file: string;
  source: number;
  /** `untouched`: no other request was sent since then, so the source still holds it. */
  state: 'untouched' | 'used';
  left: number;
}

/** The messages of two branches may have a few words in common at their beginning. */
const slack = 40;

const nothing: Prepared = { usage: {}, copies: 'none' };

/**
 * Keeps track of the slots of one llama-server: knows what they hold, and forks a beginning that several requests share by saving its slot and restoring it
 * into others. A slot is restored just before the request that is pinned to it, because a server that saves idle slots empties them when any request begins
 * elsewhere. Requests that share nothing are not pinned: the server knows better where they belong.
 */
export class SlotKeeper {
  readonly #options: SlotKeeperOptions;
  readonly #held: HeldTranscripts;
  readonly #lane = new Lane();
  #forks: Fork[] = [];
  #canSave: Promise<boolean> | undefined;
  #saved: 'nothing' | 'something' = 'nothing';

  constructor(options: SlotKeeperOptions) {
    this.#options = options;
    this.#held = new HeldTranscripts(options.slots);
  }

  held(model: string, messages: readonly ChatMessage[]): number {
    return Math.max(0, this.#held.longest(transcriptText(model, messages)) - model.length);
  }

  /** Whether a slot can be copied into another. It is found out once. */
  async canFork(signal?: AbortSignal): Promise<boolean> {
    if (this.#options.slots < 2) return false;
    this.#canSave ??= this.#options.requests.canSave(signal).catch(() => {
      this.#canSave = undefined;
      return false;
    });
    return this.#canSave;
  }

  /** See `ChatModel.prepare`. */
  async prepare(model: string, options: PrepareOptions): Promise<Prepared> {
    const { messages, branches, signal } = options;
    if (branches > 1 && !(await this.canFork(signal))) return nothing;
    const text = transcriptText(model, messages);
    const leave = await this.#lane.enter(signal).catch(() => undefined);
    if (leave === undefined) return nothing;
    try {
      const reading = await this.#read(model, options, text);
      if (reading?.slot === undefined || branches < 2) return { ...nothing, usage: reading?.usage ?? {} };
      const file = this.#freeFile();
      this.#saved = 'something';
      const saved = await this.#options.requests.act('save', reading.slot, file, signal).catch(() => false);
      if (!saved) return { ...nothing, usage: reading.usage };
      this.#forks = [
        ...this.#forks.filter((fork) => fork.file !== file),
        { text, file, source: reading.slot, state: 'untouched', left: branches },
      ];
      return { usage: reading.usage, copies: 'kept' };
    } finally {
      leave();
    }
  }

  /** A place for a request. Call it right before the request is sent. @throws the signal's reason. */
  async take({ model, messages, signal }: SeatOptions): Promise<Seat> {
    const text = transcriptText(model, messages);
    const replied = (reply: string) => repliedText(text, messages, reply);
    // While branches are still to come, each waits until the server has begun the one before, which might take the slot that is being restored.
    if (!this.#forks.some(({ left }) => left > 0)) return this.#seat({ text, replied, slot: undefined, leave: () => undefined });
    const leave = await this.#lane.enter(signal);
    try {
      const fork = this.#forkFor(text);
      const slot = fork && (await this.#slotFor(fork, signal));
      return this.#seat({ text, replied, slot, leave });
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Removes what was saved, if possible. */
  async close(): Promise<void> {
    if (this.#options.folder !== undefined && this.#saved === 'something') await removeForkFiles(this.#options.folder, this.#options.files);
    this.#forks = [];
  }

  async #read(model: string, options: PrepareOptions, text: string): Promise<ReadPrompt | undefined> {
    this.#touch();
    const reading = await this.#options.requests.read({ ...options, model }).catch(() => undefined);
    if (reading !== undefined) this.#held.begin(text, reading.slot).end(options.signal?.aborted === true ? undefined : text);
    return reading;
  }

  #seat({
    text,
    replied,
    slot,
    leave,
  }: {
    text: string;
    replied: (reply: string) => string;
    slot: number | undefined;
    leave: () => void;
  }): Seat {
    const request = this.#held.begin(text, slot);
    this.#touch();
    return {
      slot,
      begun: leave,
      ended(reply) {
        leave();
        request.end(reply === undefined ? undefined : replied(reply));
      },
    };
  }

  /** None if an idle slot holds more than the copy, as for a reply that is continued. */
  #forkFor(text: string): Fork | undefined {
    const longest = this.#held.longestIdle(text);
    return this.#forks
      .filter((fork) => fork.left > 0 && text.startsWith(fork.text) && longest <= fork.text.length + slack)
      .toSorted((a, b) => b.text.length - a.text.length)[0];
  }

  /** A slot that holds the beginning now. Undefined if none is idle, or the copy is gone. */
  async #slotFor(fork: Fork, signal: AbortSignal | undefined): Promise<number | undefined> {
    const { requests } = this.#options;
    const idle = await requests.idle(signal).catch(() => undefined);
    signal?.throwIfAborted();
    if (idle === undefined || fork.left <= 0) return undefined;
    const untouched = fork.state === 'untouched' && idle.includes(fork.source);
    fork.state = 'used';
    fork.left -= 1;
    if (untouched) return fork.source;
    const slot = this.#held.leastUsed(idle);
    if (slot === undefined) return undefined;
    const restored = await requests.act('restore', slot, fork.file, signal).catch(() => false);
    signal?.throwIfAborted();
    return restored ? slot : undefined;
  }

  /** Any request may make a server with one pool empty its idle slots. */
  #touch(): void {
    for (const fork of this.#forks) fork.state = 'used';
  }

  #freeFile(): string {
    const taken = new Map(this.#forks.map((fork) => [fork.file, fork.left]));
    const oldest = this.#forks[0]?.file;
    const { files } = this.#options;
    return files.find((name) => (taken.get(name) ?? 0) === 0) ?? oldest ?? (files[0] as string);
  }
}
