import type { OpenAI } from 'openai';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { classifyModelError, sentence } from '../chat/classify-model-error.ts';
import { openClient, sender, type ServerReach } from '../chat/server-reach.ts';
import { ModelError } from '../model-error.ts';
import { boundedText } from '../server/bounded-text.ts';

export interface AskProviderOptions {
  reach: ServerReach;
  address: string;
  apiKey?: string | undefined;
  signal?: AbortSignal | undefined;
  /** The question. Its limits are in `signal`. */
  ask: (client: OpenAI, options: { signal: AbortSignal }) => { asResponse: () => Promise<Response> };
}

/** A service that works answers such questions at once. */
const longestSeconds = 20;

/** Asks a provider one question while connecting. @returns the text of its answer. @throws ModelError that names the provider; the signal's reason. */
export async function askProvider({ reach, address, apiKey, signal, ask }: AskProviderOptions): Promise<string> {
  const timeout = AbortSignal.timeout(longestSeconds * 1000);
  try {
    const client = openClient(reach, address, sender(reach.headers));
    return await boundedText(await ask(client, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout }).asResponse());
  } catch (thrown) {
    signal?.throwIfAborted();
    const { who, hints } = reach.words;
    if (timeout.aborted) {
      const message = `${sentence(who)} did not answer within ${longestSeconds} s.`;
      throw new ModelError({ kind: 'transient', code: 'server.lost', message, hint: hints['server.lost'], cause: thrown });
    }
    const error = classifyModelError(thrown, address, 'given', reach.words);
    // Some quote the key that they refuse.
    error.message = String(redactSecrets(error.message, { secrets: apiKey === undefined ? [] : [apiKey.trim()] }));
    throw error;
  }
}
