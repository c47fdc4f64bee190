import { APIConnectionError } from 'openai';
import { printableLine } from '../../utils/printable.ts';
import { overflowIn } from '../dialects/overflow-words.ts';
import { passes } from '../dialects/passing-troubles.ts';
import { AnsweredError, type ServerAnswer } from '../server/server-answer.ts';
import { TooMuchSaid } from '../server/bounded-text.ts';
import { certificateTrouble, connectionTrouble } from '../server/connection-trouble.ts';
import { keyRefused } from '../server/authorization.ts';
import { ModelError, type ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { retryAfter } from './retry-after.ts';

/** How errors speak of whoever answers. */
export interface AnswererWords {
  /** As within a sentence: "the provider work (OpenAI at https://…)". */
  who: string;
  /** What answers mean there, asked before the rows that fit every server. */
  meanings: readonly AnswerMeaning[];
  /** What a person can do, by the code of the error, in place of the usual hint. */
  hints: Readonly<Partial<Record<string, string>>>;
}

/** What an answer means; undefined if the row does not recognise it. */
export type AnswerMeaning = (told: ToldAnswer) => ModelErrorOptions | undefined;

/** Those of any model server. */
export function wordsOfServer(address: string): AnswererWords {
  return { who: `the model server at ${withoutCredentials(address)}`, meanings: [], hints: {} };
}

/** Turns what the client threw into an error that says what to do about it. `address` is only for the sentence. */
export function classifyModelError(
  error: unknown,
  address: string,
  key: 'given' | 'none' = 'given',
  words: AnswererWords = wordsOfServer(address),
): ModelError {
  const { who, hints } = words;
  // What must not be sent is refused before a connection is opened; the client wraps that, too.
  if (error instanceof APIConnectionError && error.cause instanceof ModelError) return error.cause;
  if (error instanceof ModelError) {
    const { kind, code, message, cause } = error;
    return hints[code] === undefined ? error : new ModelError({ ...withHint({ kind, code, message }, hints), cause });
  }
  const typed = (options: ModelErrorOptions, cause: unknown) => new ModelError({ ...withHint(options, hints), cause });
  const answered = answeredIn(error);
  if (answered !== undefined)
    return new ModelError({ ...fromAnswer(answered.answer, withoutCredentials(address), key, words), cause: answered });
  if (error instanceof APIConnectionError) {
    const reason = connectionTrouble(error);
    if (reason === 'unexpected redirect') return typed(redirected(who), error);
    const certificate = certificateTrouble(error);
    if (certificate !== undefined) return typed(untrusted(who, certificate), error);
    return typed(lost(`${sentence(who)} cannot be reached (${reason}).`), error);
  }
  if (error instanceof TooMuchSaid) return typed(endless(who, error.message), error);
  // Anything else comes from the stream: the connection broke, or something other than an event arrived.
  return typed(lost(`The connection to ${who} broke in the middle of a reply (${connectionTrouble(error)}).`), error);
}

/** A text as the beginning of a sentence. */
export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The client wraps what its connection throws. */
export function answeredIn(error: unknown): AnsweredError | undefined {
  if (error instanceof AnsweredError) return error;
  return error instanceof APIConnectionError && error.cause instanceof AnsweredError ? error.cause : undefined;
}

/** An answer that is no reply, with what a sentence about it needs. */
export interface ToldAnswer {
  answer: ServerAnswer;
  /** The server's words, fit for a sentence. */
  said: string;
  /** Whoever answered, as the beginning of a sentence. */
  who: string;
  where: string;
  /** ` (HTTP 500)`, or nothing where the server named no status. */
  status: string;
  key: 'given' | 'none';
}

/** What an answer means: the first row that recognises it. */
const meanings: readonly AnswerMeaning[] = [
  overflow,
  ({ answer: { status }, where, key }) => (status === 401 || status === 403 ? keyRefused(where, key, status) : undefined),
  // Some servers answer 500 when a chat template refuses the messages: asking again cannot help.
  (told) => (/jinja|raise_exception|response prefill/i.test(told.said) ? refused(told) : undefined),
  ({ answer, said, who, status }) =>
    passes(answer) ? { ...lost(`${who} answered with an error${status}: ${said}`), retryAfter: retryAfter(answer) } : undefined,
  ({ answer, said, who }) => (answer.status === 404 ? notFound(who, said) : undefined),
];

function fromAnswer(
  answer: ServerAnswer,
  where: string,
  key: 'given' | 'none',
  { who, meanings: own, hints }: AnswererWords,
): ModelErrorOptions {
  const { status } = answer;
  const told = {
    answer,
    where,
    key,
    who: sentence(who),
    said: excerpt(answer.said),
    status: status === undefined ? '' : ` (HTTP ${status})`,
  };
  const first = (rows: readonly AnswerMeaning[]) => rows.map((meaning) => meaning(told)).find((options) => options !== undefined);
  return first(own) ?? withHint(first(meanings) ?? refused(told), hints);
}

/** The hint that fits this server, if there is one for the error. */
function withHint(options: ModelErrorOptions, hints: AnswererWords['hints']): ModelErrorOptions {
  return { ...options, hint: hints[options.code] ?? options.hint };
}

function overflow({ answer, said }: ToldAnswer): ModelErrorOptions | undefined {
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

function refused({ who, status, said }: ToldAnswer): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'model.bad_request',
    message: `${who} refuses the request${status}: ${said}`,
    hint: notForChat.test(said)
      ? 'Name a model that is made for chat with --model or llm_model; GET /v1/models of the server lists its models.'
      : 'The model or its chat template may not take such a request; the log of the server says more.',
  };
}

function notFound(who: string, said: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'model.not_found',
    message: `${who} does not know this model or address (${said}).`,
    hint: 'Check --model and --base-url; GET /v1/models of the server lists its models.',
  };
}

function lost(message: string): ModelErrorOptions {
  return { kind: 'transient', code: 'server.lost', message, hint: 'See whether the model server is still running, and look at its log.' };
}

function untrusted(who: string, { reason, hint }: { reason: string; hint: string }): ModelErrorOptions {
  return { kind: 'configuration', code: 'server.certificate', message: `${sentence(who)} is not asked anything: ${reason}.`, hint };
}

function endless(who: string, why: string): ModelErrorOptions {
  return {
    kind: 'refused',
    code: 'server.endless',
    message: `The call to ${who} was ended: ${why}.`,
    hint: 'No model server sends that much. Check --base-url.',
  };
}

function redirected(who: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'server.redirected',
    message: `${sentence(who)} redirects to another address, and redirects are not followed.`,
    hint: 'Name the address that it leads to with --base-url, if that is where your requirement and code may go.',
  };
}

/** What a server said, fit for a sentence: a proxy's error page is long, and may contain any characters. Of a page only its title is worth reading. */
function excerpt(text: string): string {
  const beginning = text.slice(0, 1000).trim();
  const title = /^<[^]{0,400}?<title>([^<]{1,200})<\/title>/i.exec(beginning)?.[1];
  const line = printableLine(String(redactSecrets(title ?? beginning)));
  return line.length > 300 ? `${line.slice(0, 300)}…` : line || 'it gave no reason';
}
