import { APIConnectionError } from '@anthropic-ai/sdk';
import { printableLine } from '../../../utils/printable.ts';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { retryAfter } from '../../chat/retry-after.ts';
import { overflowIn } from '../../dialects/overflow-words.ts';
import { passes } from '../../dialects/passing-troubles.ts';
import { ModelError, type ModelErrorOptions } from '../../model-error.ts';
import { TooMuchSaid } from '../../server/bounded-text.ts';
import { connectionTrouble } from '../../server/connection-trouble.ts';
import { withoutCredentials } from '../../server/require-local-address.ts';
import { AnsweredError, type ServerAnswer } from '../../server/server-answer.ts';
import type { AnthropicPlace } from './anthropic-client.ts';

/** An answer that is no stream of events and no message. */
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

/** An answer with the status that its name stands for, if it came without one. */
export function withNamedStatus(answer: ServerAnswer): ServerAnswer {
  if (answer.status !== undefined) return answer;
  return { ...answer, status: answer.names.map((name) => statuses.get(name)).find((status) => status !== undefined) };
}

interface Told {
  answer: ServerAnswer;
  /** "work (Anthropic, https://api.anthropic.com)". */
  who: string;
  /** The server's words, fit for a sentence. */
  said: string;
  place: AnthropicPlace;
}

type Meaning = (told: Told) => ModelErrorOptions | undefined;

/** What an answer means: the first row that recognises it. */
const meanings: readonly Meaning[] = [
  ({ answer, who, said }) =>
    isAboutMoney(answer)
      ? {
          kind: 'configuration',
          code: 'provider.no_credit',
          message: `${who} does not answer until its account is in order${http(answer)}: ${said}`,
          hint: 'See to billing and limits in its console, or name another provider with --provider or llm_provider. "multiagent resume" goes on from what is there.',
        }
      : undefined,
  overflow,
  ({ answer, who, place }) =>
    answer.status === 401
      ? {
          kind: 'configuration',
          code: 'server.unauthorized',
          message: `${who} ${place.apiKey?.trim() ? 'refuses the key that it was given' : 'needs a key, and none was sent'}${http(answer)}.`,
          hint: `Make a key in its console, and set it in your shell in the variable that api_key_env of providers.${place.name} names (ANTHROPIC_API_KEY if it names none).`,
        }
      : undefined,
  ({ answer, who, said, place }) =>
    answer.status === 403
      ? {
          kind: 'configuration',
          code: 'server.unauthorized',
          message: `${who} does not let this key do that${http(answer)}: ${said}`,
          hint: `Allow the model for the key's workspace, or set another key for providers.${place.name}.`,
        }
      : undefined,
  (told) => (passes(told.answer) ? passing(told) : undefined),
  ({ answer, who, said, place }) =>
    answer.status === 404
      ? {
          kind: 'configuration',
          code: 'model.not_found',
          message: `${who} does not know this model or address: ${said}`,
          hint: `Check model and base_url of providers.${place.name}, and --model. The address is the one that Anthropic's own package takes, without /v1.`,
        }
      : undefined,
];

/** Turns what a call threw into an error that says what to do about it. */
export function anthropicError(error: unknown, place: AnthropicPlace): ModelError {
  if (error instanceof ModelError) return error;
  const who = `${place.name} (Anthropic, ${withoutCredentials(place.root)})`;
  const cause = error;
  const answered = answeredIn(error);
  if (answered !== undefined) return new ModelError({ ...fromAnswer(answered, who, place), cause });
  if (error instanceof NotStreaming) return new ModelError({ ...notStreaming(who, error.message, place), cause });
  if (error instanceof TooMuchSaid) return new ModelError({ ...endless(who, error.message, place), cause });
  const trouble = connectionTrouble(error);
  if (trouble === 'unexpected redirect') return new ModelError({ ...redirected(who, place), cause });
  const happened =
    error instanceof APIConnectionError ? `cannot be reached (${trouble})` : `broke the connection in the middle of a reply (${trouble})`;
  return new ModelError({ ...lost(`${who} ${happened}.`, trouble), cause });
}

/** The client wraps what its connection throws. */
export function answeredIn(error: unknown): ServerAnswer | undefined {
  const found = error instanceof APIConnectionError ? error.cause : error;
  return found instanceof AnsweredError ? withNamedStatus(found.answer) : undefined;
}

function fromAnswer(answer: ServerAnswer, who: string, place: AnthropicPlace): ModelErrorOptions {
  const told = { answer, who, place, said: excerpt(answer.said, place) };
  for (const meaning of meanings) {
    const options = meaning(told);
    if (options !== undefined) return options;
  }
  return {
    kind: 'configuration',
    code: 'model.bad_request',
    message: `${who} refuses the request${http(answer)}: ${told.said}`,
    hint: `Its words say what it does not take. Another model of it is named with --model ${place.name}/<model>.`,
  };
}

/** Used up money or a used up allowance, which waiting does not bring back soon. */
function isAboutMoney({ status, said }: ServerAnswer): boolean {
  if (status === 402) return true;
  return (
    (status === 400 || status === 403 || status === 429) &&
    /credit balance|billing|api usage limits|spend(?:ing)? limit/i.test(said.slice(0, 2000))
  );
}

function overflow({ answer, who, said }: Told): ModelErrorOptions | undefined {
  const counts = overflowIn(answer);
  if (counts === undefined) return undefined;
  return {
    kind: 'overflow',
    code: 'model.overflow',
    message: `The prompt and reply do not fit the context of the model at ${who}: ${said}`,
    hint: 'Shorten the requirement, give fewer --file, or name a model with a larger context.',
    overflow: { promptTokens: answer.promptTokens ?? counts.promptTokens, contextTokens: answer.contextTokens ?? counts.contextTokens },
  };
}

function passing({ answer, who, said }: Told): ModelErrorOptions {
  const { status } = answer;
  const what = status === 429 ? 'limits how much is asked' : status === 529 ? 'is overloaded' : 'answered with an error';
  const hint =
    status === 429
      ? 'The call is repeated when it may be. If it happens often, set requests_per_minute or tokens_per_minute, or ask for a higher limit in its console.'
      : 'The call is repeated. If it lasts, see the status page of the provider; "multiagent resume" goes on from what is there.';
  return { ...lost(`${who} ${what}${http(answer)}: ${said}`, ''), hint, retryAfter: retryAfter(answer) };
}

function lost(message: string, trouble: string): ModelErrorOptions {
  const hint = /certificate/i.test(trouble)
    ? 'Check the date and time of this machine, and whether a proxy stands between.'
    : 'Check the connection of this machine and base_url; "multiagent resume" goes on from what is there.';
  return { kind: 'transient', code: 'server.lost', message, hint };
}

function notStreaming(who: string, type: string, { name }: AnthropicPlace): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'server.not_streaming',
    message: `${who} answered with ${type} where a stream of events was asked for.`,
    hint: `Check base_url of providers.${name}: it must be the address of Anthropic's protocol, such as https://api.anthropic.com.`,
  };
}

function endless(who: string, why: string, { name }: AnthropicPlace): ModelErrorOptions {
  return {
    kind: 'refused',
    code: 'server.endless',
    message: `The call to ${who} was ended: ${why}.`,
    hint: `No model server sends that much. Check base_url of providers.${name}.`,
  };
}

function redirected(who: string, { name }: AnthropicPlace): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'server.redirected',
    message: `${who} redirects to another address, and redirects are not followed.`,
    hint: `Set base_url of providers.${name} to the address that it leads to, if that is where your requirement and code may go.`,
  };
}

function http({ status }: ServerAnswer): string {
  return status === undefined ? '' : ` (HTTP ${status})`;
}

/** What a server said, without the key, which some quote. */
function excerpt(text: string, { apiKey }: AnthropicPlace): string {
  const secrets = apiKey === undefined ? [] : [apiKey.trim()];
  const line = printableLine(String(redactSecrets(text.slice(0, 1000).trim(), { secrets })));
  return line.length > 300 ? `${line.slice(0, 300)}…` : line || 'it gave no reason';
}
