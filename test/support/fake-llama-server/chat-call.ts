import type { FakeMessage } from './chat-ml.ts';
import type { FakeMachine } from './fake-machine.ts';

/** A chat request's body, read as the real server reads it. */
export interface ChatCall {
  body: Record<string, unknown>;
  messages: FakeMessage[];
  /** The most tokens of the reply. */
  maxTokens: number;
  stop: string[];
  idSlot: number | undefined;
  streamed: boolean;
  wantsUsage: boolean;
  wantsProgress: boolean;
  usesCache: boolean;
}

/** An answer with an error status, in the server's own words. */
export class RequestError extends Error {
  readonly status: number;
  readonly type: string;
  readonly details: Record<string, number>;

  constructor(status: number, type: string, message: string, details: Record<string, number> = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.type = type;
    this.details = details;
  }
}

/** @throws RequestError for what the real server refuses. */
export function readJsonBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new RequestError(500, 'server_error', `[json.exception.parse_error.101] parse error: ${(error as Error).message}`);
  }
}

/** @throws RequestError for what the real server refuses. */
export function readMessages(body: Record<string, unknown>): FakeMessage[] {
  const messages = body['messages'];
  if (messages === undefined) throw new RequestError(400, 'invalid_request_error', "'messages' is required");
  if (!Array.isArray(messages)) throw new RequestError(400, 'invalid_request_error', "Expected 'messages' to be an array");
  const read = messages.map((message: Record<string, unknown>) => ({
    role: String(message['role']),
    content: readContent(message) + readCalls(message),
  }));
  requireAnswers(messages);
  if (read.at(-1)?.role === 'assistant' && read.at(-2)?.role === 'assistant') {
    throw new RequestError(400, 'invalid_request_error', 'Cannot have 2 or more assistant messages at the end of the list.');
  }
  return read;
}

/** @throws RequestError for what the real server refuses. */
export function readChatCall(text: string): ChatCall {
  const body = readJsonBody(text);
  const streamOptions = (body['stream_options'] ?? {}) as Record<string, unknown>;
  const limits = ['max_completion_tokens', 'max_tokens', 'n_predict']
    .map((field) => readNumber(body, field))
    .filter((limit) => limit !== undefined);
  const limit = limits.find((value) => value >= 0);
  const stop = body['stop'];
  return {
    body,
    messages: readMessages(body),
    // The real server generates one token when it is asked for none.
    maxTokens: limit === undefined ? Number.POSITIVE_INFINITY : Math.max(1, limit),
    stop: (Array.isArray(stop) ? stop : [stop]).filter((word): word is string => typeof word === 'string' && word !== ''),
    idSlot: readNumber(body, 'id_slot'),
    streamed: body['stream'] === true,
    wantsUsage: streamOptions['include_usage'] === true,
    wantsProgress: body['return_progress'] === true,
    usesCache: body['cache_prompt'] !== false,
  };
}

const STEP_LINE = /^# Step (\d+) of \d+: ([\w-]+)[ \t]*\r?$/gm;

/** The step that the newest user message with a `# Step n of N: task_type` line asks for; its last such line counts. */
export function readStep(messages: readonly FakeMessage[]): { taskType: string; step: number } | undefined {
  for (const { role, content } of messages.toReversed()) {
    const match = role === 'user' ? [...content.matchAll(STEP_LINE)].at(-1) : undefined;
    if (match?.[1] !== undefined && match[2] !== undefined) return { taskType: match[2], step: Number(match[1]) };
  }
  return undefined;
}

/** What may be called, as a request offers it. */
export function readTools(body: Record<string, unknown>): unknown[] {
  return Array.isArray(body['tools']) ? (body['tools'] as unknown[]) : [];
}

/** Calls of earlier replies, as a template renders them. */
function readCalls(message: Record<string, unknown>): string {
  const calls = (message['tool_calls'] ?? []) as { function: { name: string; arguments: string } }[];
  return calls
    .map(
      ({ function: { name, arguments: said } }) =>
        `\n<tool_call>\n${JSON.stringify({ name, arguments: readArguments(said) })}\n</tool_call>`,
    )
    .join('');
}

function readArguments(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch (error) {
    throw new RequestError(500, 'server_error', `Failed to parse tool call arguments as JSON: ${(error as Error).message}`);
  }
}

/** As strict servers do: results follow the calls that they answer, each once. */
function requireAnswers(messages: readonly Record<string, unknown>[]): void {
  let open: unknown[] = [];
  for (const message of messages) {
    if (message['role'] === 'tool') {
      if (!open.includes(message['tool_call_id'])) throw new RequestError(400, 'invalid_request_error', 'A tool message answers no call.');
      open.splice(open.indexOf(message['tool_call_id']), 1);
      continue;
    }
    if (open.length > 0) throw new RequestError(400, 'invalid_request_error', 'A call of a tool has no answer.');
    open = ((message['tool_calls'] ?? []) as { id: unknown }[]).map(({ id }) => id);
  }
}

function readContent(message: Record<string, unknown>): string {
  const content = message['content'];
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
  if (message['role'] === 'assistant') return '';
  throw new RequestError(400, 'invalid_request_error', "All non-assistant messages must contain 'content'");
}

function readNumber(body: Record<string, unknown>, field: string): number | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  const problem = `Field '${field}': [json.exception.type_error.302] type must be number, but is ${typeof value}`;
  throw new RequestError(400, 'invalid_request_error', problem);
}

/** As a template does with thinking on. */
export function requirePrefill({ options }: Pick<FakeMachine, 'options'>, last: FakeMessage | undefined): void {
  if (options.prefill !== 'refused' || last?.role !== 'assistant' || last.content === '') return;
  throw new RequestError(400, 'invalid_request_error', 'Assistant response prefill is incompatible with enable_thinking.');
}

/** As without `--jinja`. */
export function requireTools({ options }: Pick<FakeMachine, 'options'>, body: Record<string, unknown>): void {
  if (options.tools === 'refused' && readTools(body).length > 0)
    throw new RequestError(500, 'server_error', 'tools param requires --jinja flag');
}
