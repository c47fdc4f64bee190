import { Anthropic } from '@anthropic-ai/sdk';
import { longestTimer } from '../../../utils/clock.ts';
import { beginningOfText } from '../../server/bounded-text.ts';
import { AnsweredError, mostOfAnswer, serverAnswer } from '../../server/server-answer.ts';
import { unlimitedFetch } from '../../server/unlimited-fetch.ts';

/** Whom calls go to. */
export interface AnthropicPlace {
  /** The entry's name in the settings, for messages. */
  name: string;
  /** Without `/v1` and without a slash at the end, as the package takes it. */
  root: string;
  apiKey?: string | undefined;
}

/** The version of the protocol; there has been no other since. */
const version = '2023-06-01';

/**
 * The package's client, which does nothing on its own: it repeats nothing, gives nothing up, writes no log and no traces, and looks for no key. Its headers are replaced,
 * because it would add what the environment names.
 */
export function anthropicClient({ root, apiKey }: AnthropicPlace): Anthropic {
  const key = apiKey?.trim() ?? '';
  const headers = {
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'anthropic-version': version,
    ...(key === '' ? {} : { 'x-api-key': key }),
  };
  return new Anthropic({
    baseURL: root,
    // With a key of its own, the client reads none from the environment and no file of sign-ins.
    apiKey: 'not-needed',
    webhookKey: null,
    openTelemetry: false,
    maxRetries: 0,
    timeout: longestTimer,
    logLevel: 'off',
    async fetch(input, init = {}) {
      const { method, body, signal } = init;
      const response = await unlimitedFetch(input instanceof Request ? input.url : input, {
        ...(method === undefined ? {} : { method }),
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
        headers,
      });
      if (response.ok) return response;
      throw new AnsweredError(serverAnswer(await beginningOfText(response, mostOfAnswer * 10), response.status, response.headers));
    },
  });
}
