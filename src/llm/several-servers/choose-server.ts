/** A server as far as the choice among several needs it. */
export interface Candidate {
  weight: number;
  /** `up`: it answers, as far as is known. `unfit`: it answers, but not with what is asked of it. */
  state: 'up' | 'down' | 'unfit';
  /** Requests that it answers at once; absent where it does not tell. */
  slots: number | undefined;
  /** Requests that it answers now. */
  busy: number;
  /** How much of the prompt it holds already, in characters. */
  held: number;
}

export interface ChooseServerOptions<Server extends Candidate> {
  servers: readonly Server[];
  /** Of the whole prompt, in characters. */
  promptLength: number;
  /** At least 0, below 1. */
  random: () => number;
}

/** A conversation of which a server holds this share goes on there. What all conversations of a team have in common is less. */
const homeShare = 0.5;

/**
 * Where a call goes: only to a server that is up. One with a free slot comes before one whose slots are taken. Among those the one that holds most of
 * the prompt, if that is a good part of it: reading is what costs. A prompt that is at home nowhere goes by the weights, and a server that has work
 * already counts for less.
 * @returns undefined only where no server is up.
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
