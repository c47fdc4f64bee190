import type { ModelCapabilities } from '../chat-model.ts';
import type { ListedModel } from './listed-models.ts';

/** What the server at one address reports about itself. What it does not report is absent. */
export interface ModelServer {
  /** With `/v1`, without a slash at the end. */
  address: string;
  engine: 'server' | 'embedded';
  /** The names of its models, its default one first. */
  models: string[];
  /** If it has several: what its lists say about each, in the same order. */
  listed?: readonly ListedModel[] | undefined;
  /** How many of its models it holds at once, if it tells. */
  modelsAtOnce?: number | undefined;
  /** Tokens that one slot holds: prompt and reply together. */
  contextTokens?: number | undefined;
  slots?: number | undefined;
  release?: string | undefined;
  /** `llama-server` accepts and reports more than the shared protocol. */
  dialect: 'llama-server' | 'openai';
  /** The provider behind another protocol, for people. Each request then has the whole context to itself. */
  hosted?: string | undefined;
  capabilities: ModelCapabilities;
}

/** The address without `/v1`, for paths outside of the shared protocol. */
export function serverRoot(address: string): string {
  return address.replace(/\/v1$/, '');
}
