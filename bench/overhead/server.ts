/**
 * A model server for measurements, in a process of its own: it answers at once, or after as many milliseconds as its
 * first argument says, with a short text, filled up to as many characters as the second one says. It counts
 * what a server with one slot would have read of each prompt: it holds one prompt with its reply and reads what follows the beginning that the next prompt
 * shares with it, in tokens of four characters. Prints its address; `GET /counts` tells, and begins to count anew.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

interface Message {
  role: string;
  content: string | { text?: string }[];
}

const delay = Number(process.argv[2] ?? 0);
const replyLength = Number(process.argv[3] ?? 0);
const words = ['storage', 'search', 'export', 'import', 'tags', 'users', 'dates', 'errors', 'tests', 'pages', 'names'];
const colours = ['red', 'blue', 'green', 'black'];
let requests = 0;
let replies = 0;
let promptTokens = 0;
let readTokens = 0;
let held = '';

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
// An engine that asks rarely must not find its connection closed.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/v1(?=\/)/, '');
  if (path === '/health') return json(response, { status: 'ok' });
  if (path === '/models') return json(response, { object: 'list', data: [{ id: 'fake', object: 'model', owned_by: 'llamacpp' }] });
  if (path === '/props')
    return json(response, { default_generation_settings: { n_ctx: 10_000_000 }, total_slots: 1, model_path: 'fake', build_info: 'b0' });
  if (path === '/chat/completions/input_tokens') return json(response, { input_tokens: tokensOf(promptOf(body).text) });
  if (path === '/counts') {
    json(response, { requests, replies, promptTokens, readTokens });
    [requests, replies, promptTokens, readTokens, held] = [0, 0, 0, 0, ''];
    return;
  }
  if (path !== '/chat/completions') return json(response, { error: { code: 404, message: 'not there', type: 'not_found_error' } }, 404);
  requests += 1;
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  const { text, stream } = promptOf(body);
  const number = (replies += 1);
  const reply = filled(
    `Notes of step number ${number}: the total of ${(number * 7919) % 997} is kept with care, and ${colours[number % 4]} comes before ${number} of them.`,
  );
  const prompt = tokensOf(text);
  const cached = Math.min(prompt - 1, Math.floor(commonLength(held, text) / 4));
  promptTokens += prompt;
  readTokens += prompt - cached;
  held = `${text}${reply}\n`;
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: tokensOf(reply),
    total_tokens: prompt + tokensOf(reply),
    prompt_tokens_details: { cached_tokens: cached },
  };
  const timings = { cache_n: cached, prompt_n: prompt - cached, prompt_ms: 1, predicted_n: tokensOf(reply), predicted_ms: 1 };
  const message = { role: 'assistant', content: reply };
  const around = { id: 'c', created: 1, model: 'fake' };
  if (!stream) {
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return json(response, { ...around, object: 'chat.completion', choices, usage, timings });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (data: object) => `data: ${JSON.stringify({ ...around, object: 'chat.completion.chunk', ...data })}\n\n`;
  const pieces = reply.match(/\S+\s*/g) ?? [];
  const choice = (delta: object, end: string | null) => ({ choices: [{ index: 0, delta, finish_reason: end }] });
  response.end(
    [
      ...pieces.map((content) => chunk(choice({ content }, null))),
      chunk({ ...choice({}, 'stop'), timings }),
      chunk({ choices: [], usage, timings }),
      'data: [DONE]\n\n',
    ].join(''),
  );
}

function promptOf(body: string): { text: string; stream: boolean } {
  const { messages = [], stream = false } = JSON.parse(body) as { messages?: Message[]; stream?: boolean };
  const textOf = (content: Message['content']) => (typeof content === 'string' ? content : content.map(({ text = '' }) => text).join(''));
  return { text: `${messages.map(({ role, content }) => `<|${role}|>${textOf(content)}\n`).join('')}<|assistant|>`, stream };
}

/** No two lines are the same, so that the reply is not mistaken for a runaway. */
function filled(text: string): string {
  const lines = [text];
  for (let length = text.length; length < replyLength; length += lines.at(-1)!.length) {
    const seed = lines.length * 7919 + replies * 104_729;
    lines.push(
      `${words[seed % 11]} ${words[(seed >> 3) % 11]} keeps ${words[(seed >> 5) % 11]} with ${words[(seed >> 7) % 11]}, as ${seed} shows.`,
    );
  }
  return lines.join('\n');
}

function tokensOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

function commonLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  const piece = 4096;
  let length = 0;
  while (length + piece <= limit && a.slice(length, length + piece) === b.slice(length, length + piece)) length += piece;
  while (length < limit && a[length] === b[length]) length += 1;
  return length;
}

function json(response: ServerResponse, data: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(data));
}
