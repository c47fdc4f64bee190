import type { Clock } from '../../utils/clock.ts';
import { describeError } from '../../utils/describe-error.ts';
import type { ChatMessage, ChatModel } from '../chat-model.ts';
import type { CircuitBreaker } from '../server/circuit-breaker.ts';
import type { ModelConnection } from '../model-connection.ts';
import type { ModelServer } from '../server/model-server.ts';
import type { ProbeResult } from '../server/probe-model-server.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { HeldTranscripts } from '../slots/held-transcripts.ts';
import { repliedText, transcriptText } from '../slots/transcript-text.ts';
import type { Candidate } from './choose-server.ts';
import { offeredName } from '../server/model-key.ts';

export interface PooledServerOptions {
  /** With `/v1`. */
  address: string;
  weight: number;
  /** Asks the address what it is. Rejects only for a reason that asking again cannot change. */
  probe: (signal: AbortSignal) => Promise<ProbeResult>;
  open: (server: ModelServer) => ModelConnection;
  /** Why a server that answers cannot be used. Undefined if it can. */
  unfit: (server: ModelServer) => string | undefined;
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  breaker?: CircuitBreaker | undefined;
  /** The longest time between two probes of a server that does not answer. */
  longestPauseMilliseconds: number;
  clock: Clock;
  /** Ends the watching. */
  closed: AbortSignal;
  onNotice: (text: string) => void;
}

/** A request that was sent to a server. */
export interface ServerWork {
  /** It has written something. */
  succeeded: () => void;
  /** Call it once, with the whole reply. */
  end: (reply: string) => void;
}

/** A server whose last sign of life is not older than this is not asked for another before it is sent something. */
const freshMilliseconds = 10_000;
const firstPauseMilliseconds = 1000;

/** One server among several: what it is, whether it answers, what it works on and what it holds. */
export class PooledServer {
  readonly address: string;
  readonly #options: PooledServerOptions;
  #state: Candidate['state'] = 'down';
  #failures = 0;
  #timesDown = 0;
  #busy = 0;
  #lastSign = -Infinity;
  #connection: ModelConnection | undefined;
  /** For models that do not report it themselves. */
  #held = new HeldTranscripts(1);
  #watching: 'yes' | 'no' = 'no';
  #told = '';

  constructor(options: PooledServerOptions) {
    this.#options = options;
    this.address = options.address;
  }

  get state(): Candidate['state'] {
    return this.#state;
  }

  /** Calls that failed since it last wrote something. */
  get failures(): number {
    return this.#failures;
  }

  /** What it reported about itself when it last began to answer; undefined before. */
  get server(): ModelServer | undefined {
    return this.#connection?.server;
  }

  /** Undefined if it reports nothing about them. */
  get slots(): ModelConnection['slots'] {
    return this.#connection?.slots;
  }

  /** Its model of this name, or undefined if it has none. */
  model(name: string): ChatModel | undefined {
    const offered = this.#connection && offeredName(this.#connection.server.models, name);
    return offered === undefined ? undefined : this.#connection?.model(offered);
  }

  held(name: string, messages: readonly ChatMessage[]): number {
    return this.model(name)?.held?.(messages) ?? this.#held.longestIdle(transcriptText('', messages));
  }

  candidate(name: string, messages: readonly ChatMessage[]): Candidate {
    const { weight } = this.#options;
    const slots = this.server?.slots;
    return { weight, state: this.#state, slots, busy: this.#busy, held: this.held(name, messages) };
  }

  /** Records that it is about to be sent these messages. */
  begin(messages: readonly ChatMessage[]): ServerWork {
    this.#busy += 1;
    const text = transcriptText('', messages);
    const request = this.#held.begin(text);
    const timesDown = this.#timesDown;
    return {
      succeeded: () => {
        // A request from before it was last lost proves nothing about its state now.
        if (timesDown === this.#timesDown) this.#works();
      },
      end: (reply) => {
        this.#busy -= 1;
        request.end(repliedText(text, messages, reply));
      },
    };
  }

  /** Asks what the address is now. */
  probe(signal: AbortSignal): Promise<ProbeResult> {
    return this.#options.probe(signal);
  }

  /** Records that it answers, and what it reports about itself. Whatever was known before is outdated. */
  adopt(server: ModelServer): void {
    const { open, unfit, clock } = this.#options;
    // What the old one left behind is removed before the next one leaves anything. It does no harm if that fails.
    void this.#connection?.close().catch(() => undefined);
    this.#connection = open(server);
    this.#held = new HeldTranscripts(server.slots ?? 1);
    const reason = unfit(server);
    this.#state = reason === undefined ? 'up' : 'unfit';
    this.#lastSign = clock.now();
    if (reason !== undefined) this.notUsed(reason);
    else if (this.#told !== '') this.#tell('answers and is used.');
  }

  /** Whether it still answers. It is asked only if it has been silent for a while. If it does not answer, it is down from now on. */
  async answers(signal: AbortSignal): Promise<boolean> {
    const { clock, isHealthy } = this.#options;
    if (clock.now() - this.#lastSign <= freshMilliseconds) return true;
    const healthy = await isHealthy(signal).catch(() => false);
    signal.throwIfAborted();
    if (healthy) this.#lastSign = clock.now();
    else this.#goDown();
    return healthy;
  }

  /** Resolves when it may be tried although it is down, with the milliseconds spent waiting for it to be healthy. @throws the signal's reason. */
  async ready(signal: AbortSignal): Promise<number> {
    return (await this.#options.breaker?.ready(signal)) ?? 0;
  }

  /** Records that a call was lost. @returns what to tell the person if this holds the next calls back. */
  failed(): string | undefined {
    this.#failures += 1;
    this.#goDown();
    return this.#options.breaker?.failed();
  }

  /** Probes it until it answers and can be used. */
  watch(): void {
    if (this.#watching === 'yes') return;
    this.#watching = 'yes';
    void this.#watch().catch((error: unknown) => this.#tell(`is not used: ${describeError(error).message}`));
  }

  /** Ends what was started for it. */
  async close(): Promise<void> {
    await this.#connection?.close();
  }

  /** Says why it is not used, once for each reason. */
  notUsed(reason: string): void {
    this.#tell(`is not used: ${reason}.`);
  }

  async #watch(): Promise<void> {
    const { clock, closed, longestPauseMilliseconds } = this.#options;
    let pause = Math.min(firstPauseMilliseconds * 2 ** Math.max(0, this.#failures - 1), longestPauseMilliseconds);
    try {
      while (this.#state !== 'up') {
        await clock.sleep(pause, closed);
        const result = await this.probe(closed);
        if (result.state === 'ready') this.adopt(result.server);
        pause = Math.min(pause * 2, longestPauseMilliseconds);
      }
    } catch (error) {
      if (!closed.aborted) throw error;
    } finally {
      this.#watching = 'no';
    }
  }

  #works(): void {
    this.#failures = 0;
    if (this.#state === 'down') this.#state = 'up';
    this.#lastSign = this.#options.clock.now();
    this.#options.breaker?.succeeded();
  }

  #goDown(): void {
    this.#state = 'down';
    this.#timesDown += 1;
    this.#lastSign = -Infinity;
    // What it held may be gone with it.
    this.#held = new HeldTranscripts(this.server?.slots ?? 1);
    this.watch();
  }

  #tell(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    this.#options.onNotice(`The model server at ${withoutCredentials(this.address)} ${text}`);
  }
}
