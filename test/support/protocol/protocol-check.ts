import type { ProtocolClient } from './protocol-client.ts';

/** The servers that the table is held against. `llama-server` is the one that the others follow. */
export type ServerKind = 'llama-server' | 'embedded' | 'fake';

export interface Difference {
  /** What this server does instead; it is held to that as strictly. */
  expected: unknown;
  because: string;
}

/** One row of the table: a question to a server, and what comes of it. */
export interface ProtocolCheck {
  name: string;
  /** What a client may rely on, as a sentence. */
  promise: string;
  /** Returns what was seen, without anything that depends on the model or the machine. */
  observe: (client: ProtocolClient) => Promise<unknown>;
  expected: unknown;
  differences?: Partial<Record<Exclude<ServerKind, 'llama-server'>, Difference>>;
}
