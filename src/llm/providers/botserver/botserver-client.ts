import { APIConnectionError } from 'openai';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { parseJson } from '../../../utils/parse-json.ts';
import { classifyModelError } from '../../chat/classify-model-error.ts';
import { ModelError } from '../../model-error.ts';
import { authorization } from '../../server/authorization.ts';
import { beginningOfText, boundedText } from '../../server/bounded-text.ts';
import { AnsweredError, mostOfAnswer, serverAnswer } from '../../server/server-answer.ts';
import { unlimitedFetch } from '../../server/unlimited-fetch.ts';
import { type BotserverPlace, notUnderstood, NotUnderstood, wordsOfBotserver } from './botserver-words.ts';

/** A reply of an agent is a text that a person could read. */
const longestAnswer = 8 * 1024 * 1024;

/** A working server says this at once. */
const longestHealth = 10_000;

/** Where botservers and what stands before them say that they are well, the usual one first. */
const healthPaths: readonly string[] = ['/health', '/healthz', '/api/health'];
const unknownPath: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Asks a botserver. What it sends is bounded, redirects are refused, and the key goes nowhere but to its address. */
export class BotserverClient {
  readonly place: BotserverPlace;
  readonly #headers: Record<string, string>;

  /** @throws ModelError `server.bad_key`. */
  constructor(place: BotserverPlace) {
    this.place = place;
    this.#headers = { accept: 'application/json', ...authorization(place.apiKey) };
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** @returns what the JSON of the answer holds. @throws what `failure` turns into a ModelError. */
  async get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#answer(path, { signal });
  }

  /** As `get`. */
  async post(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#answer(path, { method: 'POST', body: JSON.stringify(body), signal });
  }

  /** Whether it says that it is well. A page for people is no such answer. @throws what `failure` turns into a ModelError. */
  async isHealthy(signal: AbortSignal): Promise<boolean> {
    for (const path of healthPaths) {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(longestHealth)]);
      const response = await unlimitedFetch(`${this.place.root}${path}`, { headers: this.#headers, signal: limited });
      const text = await beginningOfText(response, mostOfAnswer);
      if (unknownPath.has(response.status)) continue;
      if (!response.ok || isPage(text)) throw new AnsweredError(serverAnswer(text, response.status, response.headers));
      return true;
    }
    return false;
  }

  /** What an error of a question means, and what to type. @param what What was asked for, with its article. */
  failure(error: unknown, what: string): ModelError {
    const words = wordsOfBotserver(this.place);
    if (error instanceof NotUnderstood) return new ModelError({ ...notUnderstood(words, what, this.place.name), cause: error });
    const shared = error instanceof TypeError ? new APIConnectionError({ message: error.message, cause: error }) : error;
    const { root, apiKey } = this.place;
    const classified = classifyModelError(shared, root, apiKey?.trim() ? 'given' : 'none', words);
    // Some servers quote the key that they refuse.
    classified.message = String(redactSecrets(classified.message, { secrets: apiKey === undefined ? [] : [apiKey.trim()] }));
    return classified;
  }

  async #answer(path: string, init: { method?: string; body?: string; signal: AbortSignal }): Promise<unknown> {
    const headers = { ...this.#headers, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await unlimitedFetch(`${this.place.root}${path}`, { ...init, headers });
    if (!response.ok) {
      throw new AnsweredError(serverAnswer(await beginningOfText(response, mostOfAnswer * 10), response.status, response.headers));
    }
    const text = await boundedText(response, longestAnswer);
    if (isPage(text)) throw new AnsweredError(serverAnswer(text.slice(0, mostOfAnswer), response.status, response.headers));
    const answer = parseJson(text);
    if (typeof answer !== 'object' || answer === null) throw new NotUnderstood(text.slice(0, 200));
    return answer;
  }
}

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype|html|\?xml)/i.test(text);
}
