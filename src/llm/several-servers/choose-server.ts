/** What the choice among several servers needs to know about one. */
export interface Candidate {
  weight: number;
  /** `up`: it answers, as far as is known. `unfit`: it answers, but lacks what is needed. */
  state: 'up' | 'down' | 'unfit';
  /** How many requests it can answer at once; undefined if it does not report it. */
  slots: number | undefined;
  /** How many requests it is answering now. */
  busy: number;
  /** How much of the prompt it holds already, in characters. */
  held: number;
}

export interface ChooseServerOptions<Server extends Candidate> {
  servers: readonly Server[];
  /** The length of the whole prompt, in characters. */
  promptLength: number;
  /** At least 0, below 1. */
  random: () => number;
}

/** A conversation continues on a server that holds at least this share of it. What all conversations of a team have in common is less. */
const homeShare = 0.5;

/**
 * Chooses a server for a call, only among those that are up. One with a free slot comes before one whose slots are taken. Among those it is the one that holds
 * most of the prompt, if that is a good part of it, because reading is expensive. For any other prompt the weights decide, and a server that is busy counts for
 * less.
 * @returns undefined only if no server is up.
 */
export function chooseServer<Server extends Candidate>({ servers, promptLength, random }: ChooseServerOptions<Server>): Server | undefined {
  const up = servers.filter(({ state }) => state === 'up');
  const free = up.filter(({ slots, busy }) => busy < (slots ?? Infinity));
  const able = free.length > 0 ? free : up;
  const mostHeld = Math.max(...able.map(({ held }) => held));
  if (mostHeld > 0 && mostHeld >= promptLength * homeShare) return able.find(({ held }) => held === mostHeld);
  return byWeight(able, random());
}

function byWeight<Server extends Candidate>(servers: readonly Server[], point: number): Server | undefined {
  const shares = servers.map(({ weight, busy }) => weight / (1 + busy));
  let left = point * shares.reduce((sum, share) => sum + share, 0);
  for (const [index, server] of servers.entries()) {
    left -= shares[index] ?? 0;
    if (left < 0) return server;
  }
  return servers.at(-1);
}
