import { authorization } from './authorization.ts';
import { boundedText } from './bounded-text.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { unlimitedFetch } from './unlimited-fetch.ts';
import { parseJson } from '../../utils/parse-json.ts';

export interface AskOptions {
  apiKey?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Default 5000. */
  timeoutMilliseconds?: number | undefined;
  /** Posted as JSON. Absent: a GET request. */
  body?: unknown;
}

/** `body` is undefined if it was not JSON. */
export type Answer = { kind: 'answered'; status: number; body: unknown } | { kind: 'failed'; reason: string };

/** Asks a server one question that it answers at once, or it is not a model server. @throws only the signal's reason, and ModelError `server.bad_key`. */
export async function askJson(url: string, { apiKey, signal, timeoutMilliseconds = 5000, body }: AskOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const headers = authorization(apiKey);
  const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await unlimitedFetch(url, {
      ...(body === undefined ? { headers } : post),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await boundedText(response);
    return { kind: 'answered', status: response.status, body: parseJson(text) };
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', reason: timeout.aborted ? `no answer within ${timeoutMilliseconds / 1000} s` : connectionTrouble(error) };
  }
}
