import { parseJson, valueAt } from '../../utils/parse-json.ts';

/** What a server said instead of a reply, or in the middle of one. */
export interface ServerAnswer {
  /** The HTTP status, or the one that the answer itself gives. */
  status: number | undefined;
  /** The server's words. */
  said: string;
  /** The server's names for the error, such as `context_length_exceeded`. */
  names: string[];
  /** The whole answer, for searching. */
  whole: string;
  promptTokens: number | undefined;
  contextTokens: number | undefined;
  headers: Headers | undefined;
}

/** The rest is ignored. */
export const mostOfAnswer = 8000;

/** Where servers put their words; the first place with any counts. */
const wordsAt: readonly (readonly PropertyKey[])[] = [
  ['error', 'message'],
  ['error', 'error', 'message'],
  ['error', 'detail'],
  ['error', 'error'],
  ['error'],
  ['message'],
  ['message', 'content'],
  ['detail'],
  ['detail', 'message'],
  ['detail', 'error'],
  ['detail', 0, 'msg'],
  ['errors', 0, 'message'],
  ['errors', 0],
  ['error_description'],
  ['error_message'],
  ['errorMessage'],
  ['msg'],
  ['reason'],
  ['title'],
];
/** Where a gateway puts the words of the server behind it. */
const wordsBehindAt: readonly (readonly PropertyKey[])[] = [
  ['error', 'metadata', 'raw'],
  ['error', 'details'],
];
const namesAt: readonly (readonly PropertyKey[])[] = [
  ['error', 'type'],
  ['error', 'code'],
  ['error', 'error_type'],
  ['type'],
  ['code'],
  ['error_type'],
  ['error', 'param'],
];
const statusAt: readonly (readonly PropertyKey[])[] = [
  ['error', 'code'],
  ['error', 'status'],
  ['error', 'status_code'],
  ['code'],
  ['status'],
  ['status_code'],
  ['statusCode'],
];

/** @param status The HTTP status, if it says more than that there was an answer. */
export function serverAnswer(text: string, status?: number, headers?: Headers): ServerAnswer {
  const whole = text.slice(0, mostOfAnswer);
  const parsed = parseJson(text.length > mostOfAnswer * 100 ? '' : text);
  const body = Array.isArray(parsed) ? (parsed as unknown[])[0] : parsed;
  const said = firstText(body, wordsAt) ?? (typeof body === 'string' ? body : whole);
  const behind = firstText(body, wordsBehindAt);
  return {
    status: status ?? statusIn(body),
    said: behind === undefined || said.includes(behind) ? said : `${said}: ${behind}`,
    names: namesAt.flatMap((path) => {
      const name = valueAt(body, path);
      return typeof name === 'string' || typeof name === 'number' ? [String(name)] : [];
    }),
    whole,
    promptTokens: countAt(body, 'n_prompt_tokens'),
    contextTokens: countAt(body, 'n_ctx'),
    headers,
  };
}

/** Whether an event of a stream reports trouble and is not a piece of a reply. */
export function tellsOfTrouble(name: string, body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { error, object, type, choices } = body as Record<string, unknown>;
  if (name === 'error' || object === 'error' || type === 'error') return true;
  if (error !== undefined && error !== null && error !== false && error !== '') return true;
  return choices === undefined && ['message', 'detail', 'errors'].some((key) => key in body) && firstText(body, wordsAt) !== undefined;
}

function firstText(body: unknown, paths: readonly (readonly PropertyKey[])[]): string | undefined {
  for (const path of paths) {
    const found = valueAt(body, path);
    if (typeof found === 'string' && found.trim() !== '') return found;
  }
  return undefined;
}

function statusIn(body: unknown): number | undefined {
  for (const path of statusAt) {
    const status = Number(valueAt(body, path) ?? Number.NaN);
    if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  }
  return undefined;
}

function countAt(body: unknown, key: string): number | undefined {
  const count = valueAt(body, ['error', key]) ?? valueAt(body, [key]);
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

/** A server answered, but not with what was asked for. */
export class AnsweredError extends Error {
  readonly answer: ServerAnswer;

  constructor(answer: ServerAnswer) {
    super(answer.said);
    this.answer = answer;
  }
}
