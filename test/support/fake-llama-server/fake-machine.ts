import { setTimeout as sleep } from 'node:timers/promises';
import { Gate } from './gate.ts';
import { Ledger } from './ledger.ts';
import type { ResolvedOptions } from './options.ts';
import type { FaultRule } from './fault.ts';
import { PrefixSet } from './prefix-set.ts';
import { SlotPool } from './slot-pool.ts';
import { Tokenizer } from './tokenizer.ts';

/** Everything behind the endpoints: the slots, what was ever read, the records and the gates. */
export class FakeMachine {
  readonly options: ResolvedOptions;
  readonly tokenizer = new Tokenizer();
  readonly ledger = new Ledger();
  readonly silence = new Gate('closed');
  readonly gate: Gate;
  readonly promptGate: Gate;
  /** Saved slots by file name. */
  readonly saved = new Map<string, readonly number[]>();
  readonly faults: FaultRule[];
  state: 'loading' | 'ready';
  pool: SlotPool;
  readonly #prefixes = new PrefixSet();

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.state = options.state;
    this.faults = [...options.faults];
    this.gate = new Gate(options.pace === 'manual' ? 'closed' : 'open');
    this.promptGate = new Gate(options.promptPace === 'manual' ? 'closed' : 'open');
    this.pool = new SlotPool(options, this.#prefixes);
  }

  /** Empties the slots, as a restart does; what was ever read stays known to the accounting. */
  restart(): void {
    this.pool = new SlotPool(this.options, this.#prefixes);
  }

  tokenIds(text: string): number[] {
    return this.tokenizer.tokenize(text).map(({ id }) => id);
  }

  async paceToken(signal: AbortSignal): Promise<void> {
    await this.gate.pass(signal);
    await wait(this.options.pace, signal);
  }

  async paceBatch(tokens: number, signal: AbortSignal): Promise<void> {
    await this.promptGate.pass(signal);
    await wait(this.options.promptPace === 'manual' ? 0 : this.options.promptPace * tokens, signal);
  }
}

async function wait(milliseconds: number | 'manual', signal: AbortSignal): Promise<void> {
  if (milliseconds !== 'manual' && milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}
