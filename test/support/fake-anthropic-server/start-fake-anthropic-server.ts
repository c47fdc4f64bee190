import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { AnthropicFault } from './anthropic-fault.ts';
import { type AnthropicBody, prefixesOf, refusalOf } from './check-request.ts';
import { eventsOf } from './reply-events.ts';
import { sendEvents } from './send-events.ts';

export interface FakeAnthropicOptions {
  /** The whole reply to a request, even if its beginning is the last message. */
  reply?: (body: AnthropicBody) => string;
  thoughts?: string;
  /** A tool that is called after the text. */
  call?: { name: string; input: object };
  /** For the reply with this number, beginning with 0. */
  faults?: readonly { when: number; fault: AnthropicFault }[];
  /** What becomes of a reply that is the last message. Default: `continued`. */
  prefill?: 'continued' | 'echoed' | 'refused';
  /** At the end of a reply that is the last message. Default: `refused`, as the service does. */
  whiteSpace?: 'refused' | 'taken';
  /** Models as `GET /v1/models` has them; `none`: there is no such path. */
  models?: readonly { id: string; [key: string]: unknown }[] | 'none';
  counts?: 'none';
  apiKey?: string;
  /** A refusal of its own, which stands before all others. */
  refuse?: (body: AnthropicBody) => string | undefined;
}

export interface AnthropicRequest {
  body: AnthropicBody;
  headers: IncomingMessage['headers'];
}

export interface FakeAnthropicServer extends AsyncDisposable {
  /** Without `/v1`, as Anthropic's own package takes it. */
  address: string;
  /** Those for a reply. */
  requests: AnthropicRequest[];
  /** Every path that was asked, with its method. */
  paths: string[];
  /** How many pings a fault has sent. */
  sent: { pings: number };
  /** Ends pings and silence. */
  gate: { open(): void };
  close(): Promise<void>;
}

const usualModels = [
  {
    type: 'model',
    id: 'claude-fake-5',
    display_name: 'Fake',
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    capabilities: { structured_outputs: { supported: true } },
  },
];

/** Anthropic's protocol on 127.0.0.1: as strict as the service in what it takes, with its cache by marks, and with faults. */
export async function startFakeAnthropicServer(options: FakeAnthropicOptions = {}): Promise<FakeAnthropicServer> {
  const { faults = [], models = usualModels, apiKey = 'sk-ant-test' } = options;
  const requests: AnthropicRequest[] = [];
  const paths: string[] = [];
  const kept = new Set<string>();
  const sent = { pings: 0 };
  const gate = Promise.withResolvers<void>();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    paths.push(`${request.method} ${path}`);
    if (request.headers['x-api-key'] !== apiKey) return refuse(response, 401, 'authentication_error', 'invalid x-api-key');
    if (request.headers['anthropic-version'] !== '2023-06-01')
      return refuse(response, 400, 'invalid_request_error', 'anthropic-version: header is required');
    if (path.startsWith('/v1/models') && models !== 'none') return answerModels(response, path, models);
    if (!['/v1/messages', '/v1/messages/count_tokens'].includes(path)) return refuse(response, 404, 'not_found_error', 'Not Found');
    const body = JSON.parse(await textOf(request)) as AnthropicBody;
    const use = path === '/v1/messages' ? 'reply' : 'count';
    if (use === 'count' && options.counts === 'none') return refuse(response, 404, 'not_found_error', 'Not Found');
    const number = requests.length;
    if (use === 'reply') requests.push({ body, headers: request.headers });
    const refused = options.refuse?.(body) ?? refusalOf(body, use, options.whiteSpace) ?? refusedPrefill(body, options.prefill);
    if (refused !== undefined) return refuse(response, 400, 'invalid_request_error', refused);
    const usage = readPrompt(body, use === 'reply' ? kept : new Set());
    if (use === 'count') return sendJson(response, 200, { input_tokens: Object.values(usage).reduce((sum, tokens) => sum + tokens, 0) });
    const fault = faults.filter(({ when }) => when === number).map((one) => one.fault);
    return sendEvents({ response, events: eventsOf({ ...options, body, usage }), faults: fault, opened: gate.promise, sent });
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch((error: unknown) => response.destroy(error as Error)),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    gate.resolve();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, requests, paths, sent, gate: { open: gate.resolve }, close, [Symbol.asyncDispose]: close };
}

function refusedPrefill({ messages = [] }: AnthropicBody, prefill: FakeAnthropicOptions['prefill']): string | undefined {
  return prefill === 'refused' && messages.at(-1)?.role === 'assistant'
    ? 'This model does not support assistant message prefill. The conversation must end with a user message.'
    : undefined;
}

/** What is kept ends at marks, and is found again by its whole text. */
function readPrompt(body: AnthropicBody, kept: Set<string>): Record<string, number> {
  const prefixes = prefixesOf(body);
  const marks = prefixes.filter(({ marked }) => marked).map(({ text }) => text);
  const lastMark = prefixes.findLastIndex(({ marked }) => marked);
  const found = prefixes.slice(0, lastMark + 1).findLast(({ text }) => kept.has(text))?.text.length ?? 0;
  const created = Math.max(0, (marks.at(-1)?.length ?? 0) - found);
  for (const text of marks) kept.add(text);
  const whole = prefixes.at(-1)?.text.length ?? 0;
  return { input_tokens: whole - found - created, cache_read_input_tokens: found, cache_creation_input_tokens: created };
}

function answerModels(response: ServerResponse, path: string, models: readonly { id: string }[]): void {
  const id = decodeURIComponent(path.replace(/^\/v1\/models\/?/, ''));
  if (id === '') return sendJson(response, 200, { data: models, has_more: false, first_id: null, last_id: null });
  const found = models.find((model) => model.id === id);
  return found === undefined ? refuse(response, 404, 'not_found_error', `model: ${id}`) : sendJson(response, 200, found);
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  sendJson(response, status, { type: 'error', error: { type, message }, request_id: 'req_1' });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
