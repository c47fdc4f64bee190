/** A step in the order in which it is done. */
export interface OrderedStep {
  /** Absent: it asks no model. */
  asks?: AskedModel | undefined;
  /** Tokens that it adds to what later steps read: its message and its reply. */
  addedTokens: number;
}

/** The model that a step asks, and whose server it has. */
export interface AskedModel {
  place: string;
  model: string;
}

/** What a server does with its models. */
export interface ModelHost {
  /** How many it holds at once; the one unused for longest makes room. Infinity: all, and none is ever loaded. */
  atOnce: number;
  /** Those that it holds now. Empty: none, or it does not tell. */
  loaded: readonly string[];
}

/** One model that a server has to load because a step asks it. */
export interface ModelLoad extends AskedModel {
  /** `first`: the run begins with it. `change`: another model was asked there before. */
  why: 'first' | 'change';
}

export interface ModelChanges {
  loads: ModelLoad[];
  /** By model: tokens that it reads only because another one had read them. */
  readAgain: Map<string, AskedModel & { tokens: number }>;
}

/** What steps in this order make their servers load, and what is read more than once. @param baseTokens Stands before everything. */
export function modelChanges(steps: readonly OrderedStep[], hosts: ReadonlyMap<string, ModelHost>, baseTokens: number): ModelChanges {
  const held = new HeldModels(hosts);
  const loads: ModelLoad[] = [];
  const readAgain: ModelChanges['readAgain'] = new Map();
  /** How much of the conversation each loaded model has read. */
  const read = new Map<string, number>();
  let before = baseTokens;
  let isFirst = true;
  for (const { asks, addedTokens } of steps) {
    if (asks !== undefined) {
      const key = keyOf(asks);
      const { load, dropped } = held.ask(asks);
      if (load !== undefined) loads.push({ ...asks, why: load });
      for (const model of dropped) read.delete(keyOf({ place: asks.place, model }));
      const tokens = isFirst ? 0 : before - (read.get(key) ?? 0);
      if (tokens > 0) readAgain.set(key, { ...asks, tokens: tokens + (readAgain.get(key)?.tokens ?? 0) });
      read.set(key, before + addedTokens);
      isFirst = false;
    }
    before += addedTokens;
  }
  return { loads, readAgain };
}

/** The models that servers hold while steps ask them. */
export class HeldModels {
  readonly #hosts: ReadonlyMap<string, ModelHost>;
  /** By place, the one unused for longest first. */
  readonly #held = new Map<string, string[]>();
  /** Places at which something was asked. */
  readonly #asked: Set<string>;

  constructor(hosts: ReadonlyMap<string, ModelHost>, of: { held?: ReadonlyMap<string, string[]>; asked?: ReadonlySet<string> } = {}) {
    this.#hosts = hosts;
    for (const [place, { loaded }] of hosts) this.#held.set(place, [...loaded]);
    for (const [place, models] of of.held ?? []) this.#held.set(place, [...models]);
    this.#asked = new Set(of.asked);
  }

  /** The same, to be changed by itself. */
  copy(): HeldModels {
    return new HeldModels(this.#hosts, { held: this.#held, asked: this.#asked });
  }

  /** Whether asking it makes its server load nothing. A server that tells of nothing holds the first that it is asked for. */
  has({ place, model }: AskedModel): boolean {
    const held = this.#held.get(place) ?? [];
    if (this.#hosts.get(place)?.atOnce === Infinity) return true;
    return held.includes(model) || (held.length === 0 && !this.#asked.has(place));
  }

  ask(asked: AskedModel): { load: ModelLoad['why'] | undefined; dropped: string[] } {
    const { place, model } = asked;
    const has = this.has(asked);
    const load = has ? undefined : this.#asked.has(place) ? 'change' : 'first';
    const held = [...(this.#held.get(place) ?? []).filter((other) => other !== model), model];
    const kept = held.slice(-Math.max(1, this.#hosts.get(place)?.atOnce ?? 1));
    this.#held.set(place, kept);
    this.#asked.add(place);
    return { load, dropped: held.filter((other) => !kept.includes(other)) };
  }
}

function keyOf({ place, model }: AskedModel): string {
  return JSON.stringify([place, model]);
}
