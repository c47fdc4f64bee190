import type { ChatMessage } from '../chat-model.ts';
import { ModelError } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { type Candidate, chooseServer } from './choose-server.ts';
import { transcriptText } from '../slots/transcript-text.ts';
import type { PooledServer, ServerWork } from './pooled-server.ts';

export interface ServerPoolOptions {
  /** In the order in which they are named. */
  servers: readonly PooledServer[];
  /** At least 0, below 1. */
  random: () => number;
  /** The server for the first call, if it can take it. */
  beginAt?: string | undefined;
}

/** The server for a request. Whoever chose it ends the work. */
export interface ChosenServer {
  server: PooledServer;
  work: ServerWork;
  /** How long it waited for a healthy server, if all had failed too often. */
  heldBackMilliseconds: number;
}

/** The servers of a connection, and the choice among them. */
export class ServerPool {
  readonly #options: ServerPoolOptions;
  #beginAt: string | undefined;

  constructor(options: ServerPoolOptions) {
    this.#options = options;
    this.#beginAt = options.beginAt;
  }

  /** Those that have the model, whatever their state. */
  offering(name: string): PooledServer[] {
    return this.#options.servers.filter((server) => server.state !== 'unfit' && server.model(name) !== undefined);
  }

  /** @throws ModelError `model.not_found` where none has the model; the signal's reason. */
  async choose(name: string, messages: readonly ChatMessage[], signal: AbortSignal): Promise<ChosenServer> {
    for (;;) {
      const servers = this.#candidates(name, messages);
      if (servers.length === 0) throw notOffered(name, this.#options.servers);
      const server = this.#best(servers, messages)?.server;
      if (server === undefined) {
        const tried = await firstReady(
          servers.map((candidate) => candidate.server),
          signal,
        );
        // Another one may have come back during the wait.
        if (servers.some((candidate) => candidate.server.state === 'up')) continue;
        return { ...tried, work: tried.server.begin(messages) };
      }
      // Begun before any wait, so that other calls see it.
      const work = server.begin(messages);
      try {
        if (await server.answers(signal)) return { server, work, heldBackMilliseconds: 0 };
      } catch (error) {
        work.end('');
        throw error;
      }
      work.end('');
    }
  }

  /**
   * The server for this many requests that begin with these messages: one with free slots for all of them, else the one with the most. Undefined if there are
   * several requests and none has slots for two.
   */
  home(name: string, messages: readonly ChatMessage[], requests: number): PooledServer | undefined {
    const up = this.#candidates(name, messages).filter(({ state }) => state === 'up');
    const room = ({ slots, busy }: Candidate) => Math.min(requests, (slots ?? 1) - busy);
    const most = Math.max(0, ...up.map(room));
    if (most < Math.min(2, requests)) return undefined;
    const able = up.filter((candidate) => room(candidate) === most);
    return this.#best(able, messages)?.server;
  }

  #candidates(name: string, messages: readonly ChatMessage[]) {
    return this.offering(name).map((server) => ({ server, ...server.candidate(name, messages) }));
  }

  #best<Server extends Candidate & { server: PooledServer }>(servers: Server[], messages: readonly ChatMessage[]): Server | undefined {
    const first = servers.find(({ server, state }) => server.address === this.#beginAt && state === 'up');
    this.#beginAt = undefined;
    return first ?? chooseServer({ servers, promptLength: transcriptText('', messages).length, random: this.#options.random });
  }

  /** Another server that can take over at once. One that has failed, too, cannot until it has written something, so a call never goes round in circles. */
  another(than: PooledServer, name: string): PooledServer | undefined {
    return this.offering(name).find((server) => server !== than && server.state === 'up' && server.failures === 0);
  }
}

/** Of servers that are all down: the one that failed least; if all failed too often, the first that answers its health check. */
async function firstReady(servers: PooledServer[], signal: AbortSignal): Promise<Omit<ChosenServer, 'work'>> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const leastFirst = servers.toSorted((a, b) => a.failures - b.failures);
  try {
    return await Promise.race(leastFirst.map(async (server) => ({ heldBackMilliseconds: await server.ready(either), server })));
  } finally {
    over.abort();
  }
}

function notOffered(name: string, servers: readonly PooledServer[]): ModelError {
  const offers = servers.map(({ address, server }) => {
    const models = server === undefined ? 'does not answer' : `has ${server.models.join(', ') || 'no model'}`;
    return `${withoutCredentials(address)} ${models}`;
  });
  return new ModelError({
    kind: 'configuration',
    code: 'model.not_found',
    message: `None of the model servers offers the model "${name}" (${offers.join('; ')}).`,
    hint: 'Name a model that they have with --model or llm_model. A llama-server takes its name from --alias.',
  });
}
