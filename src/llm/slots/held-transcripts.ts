import { commonLength } from './transcript-text.ts';

interface Held {
  text: string;
  /** Where the slot is known. */
  slot: number | undefined;
  state: 'idle' | 'at_work';
  /** Counts up: the order in which they were used. */
  used: number;
}

/** A request under way: what its slot will hold when it ends. */
export interface HeldRequest {
  /** `text`: the whole of what the slot now holds. Undefined: the request failed, and nobody knows. */
  end(text: string | undefined): void;
}

/** The share of a prompt that a llama-server wants to find in a slot to prefer it to the one that was unused for longest. */
const leastSimilarity = 0.1;

/**
 * What the slots of one server hold, as far as it follows from what was sent there: of a request that was not pinned the slot is not told, so the server's
 * own rule is followed, by which the slot that holds most of the prompt takes it, else the one unused for longest.
 */
export class HeldTranscripts {
  readonly #most: number;
  #held: Held[] = [];
  #clock = 0;

  /** @param slots how many the server has. */
  constructor(slots: number) {
    this.#most = slots;
  }

  /** The longest beginning of a text that some slot holds, in characters. */
  longest(text: string): number {
    return Math.max(0, ...this.#held.map((held) => commonLength(held.text, text)));
  }

  /** The same, of slots that work on nothing. */
  longestIdle(text: string): number {
    return Math.max(0, ...this.#held.map((held) => (held.state === 'idle' ? commonLength(held.text, text) : 0)));
  }

  /** Of these slots the one whose content was used longest ago; one that was never used comes first. */
  leastUsed(slots: readonly number[]): number | undefined {
    const usedAt = (slot: number) => this.#held.find((held) => held.slot === slot)?.used ?? -1;
    return slots.toSorted((a, b) => usedAt(a) - usedAt(b))[0];
  }

  /** A request begins. @param slot where it is pinned to one. */
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

  /** More requests than slots: they wait in the server's line for whichever comes free. */
  #replaceOldest(): Held {
    this.#held = this.#held.toSorted((a, b) => a.used - b.used).slice(1);
    return this.#add();
  }
}
