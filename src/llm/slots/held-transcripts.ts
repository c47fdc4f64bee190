import { commonLength } from './transcript-text.ts';

interface Held {
  text: string;
  /** Undefined if the slot is unknown. */
  slot: number | undefined;
  state: 'idle' | 'at_work';
  /** A counter: the order in which they were used. */
  used: number;
}

/** A running request, which determines what its slot will hold. */
export interface HeldRequest {
  /** `text`: all that the slot holds now. Undefined: the request failed, and nobody knows. */
  end(text: string | undefined): void;
}

/** The share of a prompt that a slot must hold for a llama-server to prefer it to the least recently used one. */
const leastSimilarity = 0.1;

/**
 * What the slots of one server hold, as far as it follows from what was sent. The server does not report the slot of a request that was not pinned, so this
 * follows the server's own rule: the slot that holds most of the prompt takes it, else the least recently used one.
 */
export class HeldTranscripts {
  readonly #most: number;
  #held: Held[] = [];
  #clock = 0;

  /** @param slots How many the server has. */
  constructor(slots: number) {
    this.#most = slots;
  }

  /** The longest beginning of a text that some slot holds, in characters. */
  longest(text: string): number {
    return Math.max(0, ...this.#held.map((held) => commonLength(held.text, text)));
  }

  /** The same for idle slots. */
  longestIdle(text: string): number {
    return Math.max(0, ...this.#held.map((held) => (held.state === 'idle' ? commonLength(held.text, text) : 0)));
  }

  /** The least recently used of these slots; one that was never used comes first. */
  leastUsed(slots: readonly number[]): number | undefined {
    const usedAt = (slot: number) => this.#held.find((held) => held.slot === slot)?.used ?? -1;
    return slots.toSorted((a, b) => usedAt(a) - usedAt(b))[0];
  }

  /** Records that a request begins. @param slot The slot that it is pinned to, if any. */
  begin(text: string, slot?: number): HeldRequest {
    const held = this.#entryFor(text, slot);
    this.#clock += 1;
    Object.assign(held, { text, slot: slot ?? held.slot, state: 'at_work', used: this.#clock });
    return {
      end: (whole) => {
        if (held.text !== text) return;
        held.state = 'idle';
        held.text = whole ?? '';
        this.#clock += 1;
        held.used = this.#clock;
      },
    };
  }

  #entryFor(text: string, slot: number | undefined): Held {
    const pinned = slot === undefined ? undefined : this.#held.find((held) => held.slot === slot);
    if (pinned !== undefined) return pinned;
    const idle = this.#held.filter(({ state, slot: known }) => state === 'idle' && (slot === undefined || known === undefined));
    const shares = idle.map((held) => ({ held, length: commonLength(held.text, text) }));
    const best = shares.toSorted((a, b) => b.length - a.length)[0];
    if (best !== undefined && best.length > text.length * leastSimilarity) return best.held;
    if (this.#held.length < this.#most) return this.#add();
    return idle.toSorted((a, b) => a.used - b.used)[0] ?? this.#replaceOldest();
  }

  #add(): Held {
    const held: Held = { text: '', slot: undefined, state: 'idle', used: 0 };
    this.#held.push(held);
    return held;
  }

  /** More requests than slots: they wait in the server's queue for whichever becomes free. */
  #replaceOldest(): Held {
    this.#held = this.#held.toSorted((a, b) => a.used - b.used).slice(1);
    return this.#add();
  }
}
