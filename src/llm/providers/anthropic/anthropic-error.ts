import { APIConnectionError as AnthropicConnectionError } from '@anthropic-ai/sdk';
import { APIConnectionError } from 'openai';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { type AnswerMeaning, classifyModelError, sentence } from '../../chat/classify-model-error.ts';
import { ModelError } from '../../model-error.ts';
import { AnsweredError, type ServerAnswer } from '../../server/server-answer.ts';
import { type ToldProvider, wordsOfProvider } from '../provider-words.ts';
import type { AnthropicPlace } from './anthropic-client.ts';

/** An answer that is no stream of events and no message. Its message is what it is instead. */
export class NotStreaming extends Error {}

/** The protocol's names for errors, where no status tells them apart: in the middle of a stream. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** As errors and notices speak of it: "the provider work (Anthropic at https://…)". */
export function whoAnswers(place: AnthropicPlace): string {
  return wordsOfProvider(told(place)).who;
}

/** Turns what a call threw into an error that says what to do about it. */
export function anthropicError(error: unknown, place: AnthropicPlace): ModelError {
  if (error instanceof ModelError) return error;
  const words = wordsOfProvider(told(place), [money]);
  if (error instanceof NotStreaming) {
    const message = `${sentence(words.who)} answered with ${error.message} where a stream of events was asked for.`;
    return new ModelError({
      kind: 'configuration',
      code: 'server.not_streaming',
      message,
      hint: words.hints['server.not_streaming'],
      cause: error,
    });
  }
  const classified = classifyModelError(asShared(error), place.root, place.apiKey?.trim() ? 'given' : 'none', words);
  // Some servers quote the key that they refuse.
  classified.message = String(redactSecrets(classified.message, { secrets: place.apiKey === undefined ? [] : [place.apiKey.trim()] }));
  return classified;
}

/** What a server answered in place of a reply; the client wraps what its connection throws. */
export function answeredIn(error: unknown): ServerAnswer | undefined {
  const found = error instanceof AnthropicConnectionError ? error.cause : error;
  return found instanceof AnsweredError ? withNamedStatus(found.answer) : undefined;
}

/** An error as the classification that all protocols share knows it. */
function asShared(error: unknown): unknown {
  const answer = answeredIn(error);
  if (answer !== undefined) return new AnsweredError(answer);
  return error instanceof AnthropicConnectionError ? new APIConnectionError({ message: error.message, cause: error }) : error;
}

function withNamedStatus(answer: ServerAnswer): ServerAnswer {
  if (answer.status !== undefined) return answer;
  return { ...answer, status: answer.names.map((name) => statuses.get(name)).find((status) => status !== undefined) };
}

const usedUp = /credit balance|billing|api usage limits|spend(?:ing)? limit/i;

/** Used up money or a used up allowance, which waiting does not bring back soon. Only Anthropic says it as a mistake in the request. */
const money: AnswerMeaning = ({ answer, said, who, status }) =>
  answer.status !== undefined && [400, 402, 403, 429].includes(answer.status) && usedUp.test(said)
    ? {
        kind: 'refused',
        code: 'provider.quota',
        message: `${who} does not answer until its account is in order${status}: ${said}`,
        hint: 'See to billing and limits in its console, then go on with what is there: multiagent resume. Or go on with another model: multiagent resume --model <name>.',
      }
    : undefined;

function told({ name, root: address }: AnthropicPlace): ToldProvider {
  return { name, title: 'Anthropic', address };
}
