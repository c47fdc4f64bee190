import { OpenAI, type ClientOptions } from 'openai';
import { longestTimer } from '../../utils/clock.ts';
import { authorization } from '../server/authorization.ts';
import { beginningOfText } from '../server/bounded-text.ts';
import { isServerHealthy } from '../server/is-server-healthy.ts';
import type { ModelServer } from '../server/model-server.ts';
import { AnsweredError, mostOfAnswer, serverAnswer } from '../server/server-answer.ts';
import { unlimitedFetch } from '../server/unlimited-fetch.ts';
import { type AnswererWords, wordsOfServer } from './classify-model-error.ts';

/** What every client of the official package takes. */
type CommonOptions = Omit<ClientOptions, 'provider' | 'dataResidency' | 'credential' | 'workloadIdentity' | 'x509Transport'>;

/** How a server is reached and spoken of. */
export interface ServerReach {
  /** Sent with each request, in place of all that the client would add: those with the key. */
  headers: Readonly<Record<string, string>>;
  /** The official client for what is spoken there. */
  client: (options: CommonOptions & { apiKey: string; baseURL: string }) => OpenAI;
  /** Whether it still answers. @throws what the HTTP client throws if it does not. */
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  words: AnswererWords;
}

/** As any OpenAI-compatible server is reached. @throws ModelError `server.bad_key`. */
export function usualReach(server: Pick<ModelServer, 'address' | 'dialect'>, apiKey: string | undefined): ServerReach {
  return {
    headers: authorization(apiKey),
    client: (options) => new OpenAI(options),
    isHealthy: (signal) => isServerHealthy({ server, apiKey, signal }),
    words: wordsOfServer(server.address),
  };
}

export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** Sends with these headers alone: a client adds what it finds in the environment (organization, project, anything). The result throws AnsweredError where the answer is none. */
export function sender(reached: ServerReach['headers']): Send {
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...reached };
  return async (url, init) => {
    const response = await unlimitedFetch(url, { ...init, headers });
    if (response.ok) return response;
    throw new AnsweredError(serverAnswer(await beginningOfText(response, mostOfAnswer * 10), response.status, response.headers));
  };
}

/** A client that sends this way, retries nothing and takes nothing from the environment. */
export function openClient({ client }: ServerReach, address: string, send: Send): OpenAI {
  return client({
    baseURL: address,
    apiKey: 'not-needed',
    organization: null,
    project: null,
    webhookSecret: null,
    adminAPIKey: null,
    maxRetries: 0,
    // The client's own limit covers only the wait for headers.
    timeout: longestTimer,
    logLevel: 'off',
    fetch: (input, init) => send(input instanceof Request ? input.url : String(input), init ?? {}),
  });
}
