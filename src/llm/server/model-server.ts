import type { ModelCapabilities } from '../chat-model.ts';

/** What one address said of itself. Everything that it did not tell is absent. */
export interface ModelServer {
  /** With `/v1`, without a slash at the end. */
  address: string;
  engine: 'server' | 'embedded';
  /** The names it serves, its default one first. */
  models: string[];
  /** Tokens that one slot holds: prompt and reply together. */
  contextTokens?: number | undefined;
  slots?: number | undefined;
  release?: string | undefined;
  /** `llama-server` takes and tells more than the protocol that it shares with others. */
  dialect: 'llama-server' | 'openai';
  capabilities: ModelCapabilities;
}

/** Where a server answers beside the shared protocol: its address without `/v1`. */
export function serverRoot(address: string): string {
  return address.replace(/\/v1$/, '');
}
