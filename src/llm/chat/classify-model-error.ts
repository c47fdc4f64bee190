import { APIConnectionError } from 'openai';
import { printableLine } from '../../utils/printable.ts';
import { overflowIn } from '../dialects/overflow-words.ts';
import { passes } from '../dialects/passing-troubles.ts';
import { AnsweredError, type ServerAnswer } from '../server/server-answer.ts';
import { TooMuchSaid } from '../server/bounded-text.ts';
import { connectionTrouble } from '../server/connection-trouble.ts';
import { keyRefused } from '../server/authorization.ts';
import { ModelError, type ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { retryAfter } from './retry-after.ts';

/** Turns what the client threw into an error that says what to do about it. `address` is only for the sentence. */
export function classifyModelError(error: unknown, address: string, key: 'given' | 'none' = 'given'): ModelError {
  if (error instanceof ModelError) return error;
  const where = withoutCredentials(address);
  const answered = answeredIn(error);
  if (answered !== undefined) return new ModelError({ ...fromAnswer(answered.answer, where, key), cause: answered });
  if (error instanceof APIConnectionError) {
    const reason = connectionTrouble(error);
    if (reason === 'unexpected redirect') return new ModelError({ ...redirected(where), cause: error });
    return new ModelError({ ...lost(`The model server at ${where} cannot be reached (${reason}).`), cause: error });
  }
  if (error instanceof TooMuchSaid) return new ModelError({ ...endless(where, error.message), cause: error });
  // Anything else comes from the stream: the connection broke, or something other than an event arrived.
  return new ModelError({
    ...lost(`The connection to the model server at ${where} broke in the middle of a reply (${connectionTrouble(error)}).`),
    cause: error,
  });
}

/** The client wraps what its connection throws. */
export function answeredIn(error: unknown): AnsweredError | undefined {
  if (error instanceof AnsweredError) return error;
  return error instanceof APIConnectionError && error.cause instanceof AnsweredError ? error.cause : undefined;
}

interface Told {
  answer: ServerAnswer;
  /** The server's words, fit for a sentence. */
  said: string;
  where: string;
  /** ` (HTTP 500)`, or nothing where the server named no status. */
  status: string;
  key: 'given' | 'none';
}

/** What an answer means: the first row that recognises it. */
const meanings: readonly ((told: Told) => ModelErrorOptions | undefined)[] = [
  overflow,
  ({ answer: { status }, where, key }) => (status === 401 || status === 403 ? keyRefused(where, key, status) : undefined),
  // Some servers answer 500 when a chat template refuses the messages: asking again cannot help.
  (told) => (/jinja|raise_exception|response prefill/i.test(told.said) ? refused(told) : undefined),
  ({ answer, said, where, status }) =>
    passes(answer)
      ? { ...lost(`The model server at ${where} answered with an error${status}: ${said}`), retryAfter: retryAfter(answer) }
      : undefined,
  ({ answer, said, where }) => (answer.status === 404 ? notFound(where, said) : undefined),
];

function fromAnswer(answer: ServerAnswer, where: string, key: 'given' | 'none'): ModelErrorOptions {
  const { status } = answer;
  const told = { answer, where, key, said: excerpt(answer.said), status: status === undefined ? '' : ` (HTTP ${status})` };
  for (const meaning of meanings) {
    const options = meaning(told);
    if (options !== undefined) return options;
  }
  return refused(told);
}

function overflow({ answer, said }: Told): ModelErrorOptions | undefined {
  const counts = overflowIn(answer);
  if (counts === undefined) return undefined;
  return {
    kind: 'overflow',
    code: 'model.overflow',
    message: `The prompt and reply do not fit the model's context: ${said}`,
    hint: 'Start the model server with a larger context (-c), or shorten the requirement.',
    overflow: { promptTokens: answer.promptTokens ?? counts.promptTokens, contextTokens: answer.contextTokens ?? counts.contextTokens },
  };
}

/** How servers say that the model is not made for chat. */
const notForChat =
  /(?:does not|doesn't|cannot|not) (?:support|supported|able to|do)[^.]{0,30}\b(?:chat|generat|completion)|not an? (?:chat|generative|text generation|causal|llm)|embedding (?:model|only)|only (?:supports?|for) embedding|is (?:not|no) a? ?llm/i;

function refused({ where, status, said }: Told): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'model.bad_request',
    message: `The model server at ${where} refuses the request${status}: ${said}`,
    hint: notForChat.test(said)
      ? 'Name a model that is made for chat with --model or llm_model; GET /v1/models of the server lists its models.'
      : 'The model or its chat template may not take such a request; the log of the server says more.',
  };
}

function notFound(where: string, said: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'model.not_found',
    message: `The model server at ${where} does not know this model or address (${said}).`,
    hint: 'Check --model and --base-url; GET /v1/models of the server lists its models.',
  };
}

function lost(message: string): ModelErrorOptions {
  return { kind: 'transient', code: 'server.lost', message, hint: 'See whether the model server is still running, and look at its log.' };
}

function endless(where: string, why: string): ModelErrorOptions {
  return {
    kind: 'refused',
    code: 'server.endless',
    message: `The call to the model server at ${where} was ended: ${why}.`,
    hint: 'No model server sends that much. Check --base-url.',
  };
}

function redirected(where: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'server.redirected',
    message: `The server at ${where} redirects to another address, and redirects are not followed.`,
    hint: 'Name the address that it leads to with --base-url, if that is where your requirement and code may go.',
  };
}

/** What a server said, fit for a sentence: a proxy's error page is long, and may contain any characters. */
function excerpt(text: string): string {
  const line = printableLine(String(redactSecrets(text.slice(0, 1000).trim())));
  return line.length > 300 ? `${line.slice(0, 300)}…` : line || 'it gave no reason';
}
