import { PrefixSet } from './prefix-set.ts';

export interface Slot {
  readonly id: number;
  /** Tokens that have been read or generated and are held, in order. */
  tokens: number[];
  /** The place of `tokens` in the set of all prefixes. */
  node: number;
  lastUsed: number;
  lease: Lease | undefined;
}

/** One request's hold on a slot. */
export interface Lease {
  readonly slot: Slot;
  /** Aborted when the pool overflows: then every request that holds a slot fails. */
  readonly overflow: AbortSignal;
  release(): void;
}

interface Waiting {
  tokens: readonly number[];
  idSlot: number | undefined;
  start(slot: Slot): void;
}

export interface SlotPoolOptions {
  slots: number;
  contextTokens: number;
  /** `divided`: each slot has its share. `unified`: each may use all, and together they may not use more. */
  pool: 'divided' | 'unified';
  idleSlots: 'kept' | 'cleared';
}

/** The share of a prompt that a slot must hold already to be chosen for it; below, the slot unused for longest is. */
const LEAST_SIMILARITY = 0.1;

/** The slots, which request gets which, and the tokens they hold. More requests than slots wait in order of arrival. */
export class SlotPool {
  readonly slots: readonly Slot[];
  /** Context tokens of one slot. */
  readonly slotContext: number;
  readonly #capacity: number;
  readonly #idleSlots: 'kept' | 'cleared';
  readonly #prefixes: PrefixSet;
  readonly #waiting: Waiting[] = [];
  readonly #failing = new Map<Lease, AbortController>();
  #clock = 0;

  constructor({ slots, contextTokens, pool, idleSlots }: SlotPoolOptions, prefixes: PrefixSet) {
    this.#idleSlots = idleSlots;
    this.slots = Array.from({ length: slots }, (_, id) => ({ id, tokens: [], node: 0, lastUsed: -1, lease: undefined }));
    this.slotContext = pool === 'unified' ? contextTokens : Math.floor(contextTokens / slots);
    this.#capacity = this.slotContext * (pool === 'unified' ? 1 : slots);
    this.#prefixes = prefixes;
  }

  /** To be called when a request, and not a slot action, takes a slot. */
  begun(slot: Slot): void {
    if (this.#idleSlots === 'kept') return;
    for (const other of this.slots) if (other !== slot && other.lease === undefined) this.cut(other, 0);
  }

  /** Resolves with the slot for this prompt, or with the pinned one, once it is free. */
  async acquire(tokens: readonly number[], idSlot: number | undefined, signal: AbortSignal): Promise<Lease> {
    signal.throwIfAborted();
    return await new Promise<Lease>((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        tokens,
        idSlot: idSlot !== undefined && this.slots[idSlot] !== undefined ? idSlot : undefined,
        start: (slot) => {
          signal.removeEventListener('abort', onAbort);
          resolve(this.#lend(slot));
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#startWaiting();
    });
  }

  /** How many tokens at the beginning of the prompt the slot holds. The last one of a prompt is always read again. */
  cached(slot: Slot, prompt: readonly number[]): number {
    return Math.max(0, Math.min(commonPrefix(slot.tokens, prompt), prompt.length - 1));
  }

  /** Forgets everything after the first `length` tokens. */
  cut(slot: Slot, length: number): void {
    this.replace(slot, slot.tokens.slice(0, length));
  }

  /** Gives the slot these tokens, as after restoring a saved one. */
  replace(slot: Slot, tokens: readonly number[]): void {
    slot.tokens = [...tokens];
    slot.node = 0;
    for (const token of tokens) slot.node = this.#prefixes.step(slot.node, token).node;
  }

  /**
   * Appends a token; tells whether no slot had held it after the same beginning. When the pool is full, slots at rest lose what they hold; when that
   * is not enough, all running requests fail (their `overflow` signals are aborted), this one included.
   */
  hold(slot: Slot, token: number): { isNew: boolean } {
    while (this.#held() >= this.#capacity) {
      const idle = this.slots.find(({ lease, tokens }) => lease === undefined && tokens.length > 0);
      if (idle === undefined) {
        this.#failAll();
        break;
      }
      this.cut(idle, 0);
    }
    slot.lease?.overflow.throwIfAborted();
    const { node, isNew } = this.#prefixes.step(slot.node, token);
    slot.tokens.push(token);
    slot.node = node;
    return { isNew };
  }

  #lend(slot: Slot): Lease {
    const controller = new AbortController();
    const lease: Lease = {
      slot,
      overflow: controller.signal,
      release: () => {
        if (slot.lease !== lease) return;
        slot.lease = undefined;
        this.#failing.delete(lease);
        this.#clock += 1;
        slot.lastUsed = this.#clock;
        this.#startWaiting();
      },
    };
    this.#failing.set(lease, controller);
    slot.lease = lease;
    return lease;
  }

  #startWaiting(): void {
    let index = 0;
    while (index < this.#waiting.length) {
      const waiting = this.#waiting[index] as Waiting;
      const slot = this.#slotFor(waiting);
      if (slot === undefined) {
        index += 1;
      } else {
        this.#waiting.splice(index, 1);
        waiting.start(slot);
      }
    }
  }

  #slotFor({ tokens, idSlot }: Waiting): Slot | undefined {
    const free = this.slots.filter((slot) => slot.lease === undefined && (idSlot === undefined || slot.id === idSlot));
    let best: Slot | undefined;
    let most = tokens.length * LEAST_SIMILARITY;
    for (const slot of free) {
      const common = commonPrefix(slot.tokens, tokens);
      if (common > most) {
        most = common;
        best = slot;
      }
    }
    if (best !== undefined) return best;
    // Of slots that were never used the real server takes the last one.
    return free.reduce<Slot | undefined>(
      (oldest, slot) => (oldest === undefined || slot.lastUsed <= oldest.lastUsed ? slot : oldest),
      undefined,
    );
  }

  #held(): number {
    return this.slots.reduce((total, slot) => total + slot.tokens.length, 0);
  }

  #failAll(): void {
    for (const slot of this.slots) this.cut(slot, 0);
    for (const controller of this.#failing.values()) controller.abort(new PoolOverflow());
  }
}

/** The reason of a lease's `overflow` signal. */
export class PoolOverflow extends Error {
  constructor() {
    super('Context size has been exceeded.');
    this.name = 'PoolOverflow';
  }
}

function commonPrefix(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  let index = 0;
  while (index < length && left[index] === right[index]) index += 1;
  return index;
}
