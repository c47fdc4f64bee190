/** What a provider allows in each minute. */
export interface RateLimits {
  tokensPerMinute?: number | undefined;
  requestsPerMinute?: number | undefined;
  /** Between the beginnings of two requests. */
  minIntervalMilliseconds?: number | undefined;
}

interface Waiting {
  id: number;
  tokens: number;
}

interface Taken {
  id: number;
  at: number;
  tokens: number;
}

const minute = 60_000;

/**
 * Which requests may begin, so that no 60 seconds hold more than is allowed. A request reserves an estimate, which is corrected when its usage is known; it counts
 * from its beginning for a minute. Owners take turns, each with its oldest request, and nobody is passed over because a smaller request would fit: so everybody's
 * turn comes. Pure: the caller tells the time.
 */
export class RateWindow {
  readonly #limits: RateLimits;
  /** By owner, in the order of their turns. */
  readonly #queues = new Map<string, Waiting[]>();
  #taken: Taken[] = [];
  #newest = -Infinity;
  #closedUntil = -Infinity;
  #now = -Infinity;
  #count = 0;

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** The most tokens that a request can reserve. */
  get largest(): number {
    return this.#limits.tokensPerMinute ?? Infinity;
  }

  /** Puts a request behind those of its owner. @param tokens At most `largest`. @returns its number. */
  ask(owner: string, tokens: number): number {
    const id = (this.#count += 1);
    const queue = this.#queues.get(owner) ?? [];
    queue.push({ id, tokens: Math.min(tokens, this.largest) });
    this.#queues.set(owner, queue);
    return id;
  }

  /** The requests that begin now, in their order. They count from now on. */
  admit(time: number): number[] {
    const now = this.#at(time);
    const begun: number[] = [];
    for (let next = this.#next(); next !== undefined && this.#opensAt(next.request.tokens) <= now; next = this.#next()) {
      const { owner, request } = next;
      const rest = this.#queues.get(owner)?.slice(1) ?? [];
      // Behind all others.
      this.#queues.delete(owner);
      if (rest.length > 0) this.#queues.set(owner, rest);
      this.#taken.push({ id: request.id, at: now, tokens: request.tokens });
      this.#newest = now;
      begun.push(request.id);
    }
    return begun;
  }

  /** When the next request may begin, if nothing is corrected before; undefined: none waits. */
  opensAt(time: number): number | undefined {
    const now = this.#at(time);
    const next = this.#next();
    return next && Math.max(now, this.#opensAt(next.request.tokens));
  }

  /** Whether a request is no longer among those that wait. */
  hasBegun(id: number): boolean {
    return ![...this.#queues.values()].some((queue) => queue.some((request) => request.id === id));
  }

  /** What a request that has begun really took. */
  correct(id: number, tokens: number): void {
    for (const taken of this.#taken) if (taken.id === id) taken.tokens = tokens;
  }

  /** A request that waits is given up. */
  withdraw(id: number): void {
    for (const [owner, queue] of this.#queues) {
      const rest = queue.filter((request) => request.id !== id);
      if (rest.length === 0) this.#queues.delete(owner);
      else this.#queues.set(owner, rest);
    }
  }

  /** The server has said when it takes requests again. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
  }

  /** A clock that is set back does not make anything wait longer. */
  #at(time: number): number {
    this.#now = Math.max(this.#now, time);
    this.#taken = this.#taken.filter(({ at }) => this.#now - at < minute);
    return this.#now;
  }

  #next(): { owner: string; request: Waiting } | undefined {
    for (const [owner, [request]] of this.#queues) if (request !== undefined) return { owner, request };
    return undefined;
  }

  /** In the order of their beginnings, those in the window leave it until there is room. */
  #opensAt(tokens: number): number {
    const { tokensPerMinute = Infinity, requestsPerMinute = Infinity, minIntervalMilliseconds = 0 } = this.#limits;
    let sum = this.#taken.reduce((all, taken) => all + taken.tokens, 0);
    let count = this.#taken.length;
    let opens = Math.max(this.#closedUntil, this.#newest + minIntervalMilliseconds);
    for (const taken of this.#taken) {
      if (sum + tokens <= tokensPerMinute && count < requestsPerMinute) break;
      sum -= taken.tokens;
      count -= 1;
      opens = Math.max(opens, taken.at + minute);
    }
    return opens;
  }
}
