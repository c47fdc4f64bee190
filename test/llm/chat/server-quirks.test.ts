import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startWebServer } from '../web-server.ts';
import { modelOn, streamed } from '../model-on-fake.ts';

type Answer = (response: ServerResponse) => void;

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (delta: unknown, finish: string | null = null, more = {}) =>
  event({ choices: [{ index: 0, delta, finish_reason: finish }], ...more });
const done = 'data: [DONE]\n\n';
const raw =
  (...parts: (string | Uint8Array)[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const next = (index: number): void => {
      if (index === parts.length) response.end();
      else response.write(parts[index]!, () => setImmediate(() => next(index + 1)));
    };
    next(0);
  };
const failing =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

async function replyOf(answer: Answer) {
  await using server = await startWebServer((request: IncomingMessage, response) => {
    request.resume();
    request.on('end', () => answer(response));
  });
  return await streamed(modelOn(server, { server: { dialect: 'openai' }, endMilliseconds: 1 }));
}

const bytes = (text: string) => new TextEncoder().encode(text);
const greek = bytes(chunk({ content: 'Hello' }).replace('Hello', 'Γειά😀'));

describe('what servers say beside the reply changes nothing of it', () => {
  it.each<[string, Answer, string, string]>([
    [
      'vLLM: a first chunk with a role and no text',
      raw(
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: 'Hello' }),
        chunk({ content: '' }, 'stop', { stop_reason: null }),
        done,
      ),
      'Hello',
      'stop',
    ],
    [
      'vLLM: usage in every chunk',
      raw(
        chunk({ content: 'Hel' }, null, { usage: { prompt_tokens: 3, completion_tokens: 1 } }),
        chunk({ content: 'lo' }, 'stop', { usage: { prompt_tokens: 3, completion_tokens: 2 } }),
        done,
      ),
      'Hello',
      'stop',
    ],
    [
      'vLLM: a chunk without choices behind the end',
      raw(chunk({ content: 'Hello' }, 'stop'), event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }), done),
      'Hello',
      'stop',
    ],
    ['usage that is null', raw(chunk({ content: 'Hello' }, 'stop', { usage: null }), done), 'Hello', 'stop'],
    ['choices that are null', raw(event({ choices: null, usage: null }), chunk({ content: 'Hello' }, 'stop'), done), 'Hello', 'stop'],
    ['choices with a hole', raw(event({ choices: [null] }), chunk({ content: 'Hello' }, 'stop'), done), 'Hello', 'stop'],
    [
      'a delta that is null',
      raw(
        event({ choices: [{ delta: null, finish_reason: null }] }),
        chunk({ content: 'Hello' }),
        event({ choices: [{ delta: null, finish_reason: 'stop' }] }),
        done,
      ),
      'Hello',
      'stop',
    ],
    ['content that is null', raw(chunk({ role: 'assistant', content: null }), chunk({ content: 'Hello' }, 'stop'), done), 'Hello', 'stop'],
    [
      'content that is an empty list',
      raw(chunk({ content: [] }), chunk({ content: [{ type: 'text', text: 'Hello' }] }, 'stop'), done),
      'Hello',
      'stop',
    ],
    ['content as a list of texts', raw(chunk({ content: ['Hel', 'lo'] }, 'stop'), done), 'Hello', 'stop'],
    ['content as one part', raw(chunk({ content: { type: 'text', text: 'Hello' } }, 'stop'), done), 'Hello', 'stop'],
    [
      'a refusal and an audio that are null',
      raw(chunk({ content: 'Hello', refusal: null, audio: null, tool_calls: null, function_call: null }, 'stop'), done),
      'Hello',
      'stop',
    ],
    ['tool calls that are an empty list', raw(chunk({ content: 'Hello', tool_calls: [] }, 'stop'), done), 'Hello', 'stop'],
    [
      'Azure: a first chunk about filters',
      raw(event({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }), chunk({ content: 'Hello' }, 'stop'), done),
      'Hello',
      'stop',
    ],
    [
      'Ollama: done_reason beside the reason',
      raw(chunk({ role: 'assistant', content: 'Hello' }), chunk({ role: 'assistant', content: '' }, 'stop', { done_reason: 'stop' }), done),
      'Hello',
      'stop',
    ],
    ['TGI: eos_token', raw(chunk({ content: 'Hello' }), chunk({ content: '' }, 'eos_token'), done), 'Hello', 'stop'],
    ['TGI: no space behind data:', raw(chunk({ content: 'Hello' }, 'stop').replace('data: ', 'data:'), 'data:[DONE]\n\n'), 'Hello', 'stop'],
    [
      'KoboldCpp: event: message',
      raw(`event: message\n${chunk({ content: 'Hello' })}`, `event: message\n${chunk({}, 'stop')}`, done),
      'Hello',
      'stop',
    ],
    [
      'comments between',
      raw(
        ': ping - 2026-01-01\n\n',
        chunk({ content: 'Hel' }),
        ':\n\n',
        ': OPENROUTER PROCESSING\n\n',
        chunk({ content: 'lo' }, 'stop'),
        done,
      ),
      'Hello',
      'stop',
    ],
    ['lines that end in \\r\\n', raw(`${chunk({ content: 'Hello' }, 'stop')}${done}`.replaceAll('\n', '\r\n')), 'Hello', 'stop'],
    ['lines that end in \\r alone', raw(`${chunk({ content: 'Hello' }, 'stop')}${done}`.replaceAll('\n', '\r')), 'Hello', 'stop'],
    ['a byte order mark', raw(`\u{feff}${chunk({ content: 'Hello' }, 'stop')}${done}`), 'Hello', 'stop'],
    [
      'characters cut in two by the packets',
      raw(...[...greek].map((byte) => Uint8Array.of(byte)), chunk({}, 'stop'), done),
      'Γειά😀',
      'stop',
    ],
    [
      'an event over several lines of data',
      raw('data: {"choices": [\ndata: {"delta": {"content": "Hello"}, "finish_reason": "stop"}\ndata: ]}\n\n', done),
      'Hello',
      'stop',
    ],
    [
      'one event in a row of others, without empty lines between',
      raw(`${chunk({ content: 'Hel' }).trimEnd()}\n${chunk({ content: 'lo' }, 'stop')}`, done),
      'Hello',
      'stop',
    ],
    ['id: and retry:', raw(`id: 1\nretry: 3000\n${chunk({ content: 'Hello' }, 'stop')}`, done), 'Hello', 'stop'],
    ['[DONE] twice', raw(chunk({ content: 'Hello' }, 'stop'), done, done), 'Hello', 'stop'],
    ['[DONE] with other letters', raw(chunk({ content: 'Hello' }), 'data: [done]\n\n'), 'Hello', 'stop'],
    ['DONE without brackets', raw(chunk({ content: 'Hello' }, 'stop'), 'data: DONE\n\n'), 'Hello', 'stop'],
    ['a reason in capital letters', raw(chunk({ content: 'Hello' }, 'STOP'), done), 'Hello', 'stop'],
    [
      'a reason that is an object',
      raw(event({ choices: [{ delta: { content: 'Hello' }, finish_reason: { type: 'stop' } }] }), done),
      'Hello',
      'stop',
    ],
    ['a reason that is a number', raw(event({ choices: [{ delta: { content: 'Hello' }, finish_reason: 0 }] }), done), 'Hello', 'stop'],
    [
      'mistral.rs, SGLang: matched_stop beside the reason',
      raw(event({ choices: [{ delta: { content: 'Hello' }, finish_reason: 'stop', matched_stop: 151_645 }] }), done),
      'Hello',
      'stop',
    ],
    ['LM Studio: stats at the end', raw(chunk({ content: 'Hello' }, 'stop', { stats: { tokens_per_second: 1 } }), done), 'Hello', 'stop'],
    ['length by the word of Cohere', raw(chunk({ content: 'Hello' }, 'MAX_TOKENS'), done), 'Hello', 'length'],
    ['length by the word of MLX', raw(chunk({ content: 'Hello' }, 'length'), done), 'Hello', 'length'],
    [
      'a reply that is whole with 201',
      (response) => response.writeHead(201, { 'content-type': 'text/event-stream' }).end(`${chunk({ content: 'Hello' }, 'stop')}${done}`),
      'Hello',
      'stop',
    ],
    [
      'a type with capital letters and a parameter',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'Text/Event-Stream; charset=UTF-8' })
          .end(`${chunk({ content: 'Hello' }, 'stop')}${done}`),
      'Hello',
      'stop',
    ],
    ['no type at all', (response) => response.writeHead(200).end(`${chunk({ content: 'Hello' }, 'stop')}${done}`), 'Hello', 'stop'],
    [
      'lines of JSON',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'application/x-ndjson' })
          .end(
            `${JSON.stringify({ choices: [{ delta: { content: 'Hel' } }] })}\n${JSON.stringify({ choices: [{ delta: { content: 'lo' }, finish_reason: 'stop' }] })}\n`,
          ),
      'Hello',
      'stop',
    ],
    ["Gemini's own words for the end", raw(chunk({ content: 'Hello' }, 'FINISH_REASON_STOP'), done), 'Hello', 'stop'],
    [
      'numbers out of all range',
      raw(
        'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1e309,"completion_tokens":-1},"timings":{"prompt_ms":1e999,"cache_n":"x"}}\n\n',
        done,
      ),
      'Hello',
      'stop',
    ],
  ])('%s', async (_quirk, answer, text, reason) => {
    const reply = await replyOf(answer);
    expect([reply.text, reply.end?.finishReason, reply.error]).toEqual([text, reason, undefined]);
  });
});

const inAMinute = () => new Date(Date.now() + 60_000).toUTCString();

describe('what servers say in place of a reply tells what to do', () => {
  it.each<[string, Answer, object]>([
    [
      '503 while a model loads',
      failing(503, '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}'),
      { kind: 'transient' },
    ],
    [
      '404 of Ollama for a model that is not there',
      failing(404, '{"error":{"message":"model \\"x\\" not found, try pulling it first","type":"api_error"}}'),
      { kind: 'configuration' },
    ],
    ['429 with a date', failing(429, '{}', { 'retry-after': inAMinute() }), { kind: 'transient', retryAfter: expect.any(Number) }],
    [
      '429 with a date in the past',
      failing(429, '{}', { 'retry-after': 'Wed, 01 Jan 2020 00:00:00 GMT' }),
      { kind: 'transient', retryAfter: 0 },
    ],
    ['429 with a time that is none', failing(429, '{}', { 'retry-after': 'soon' }), { kind: 'transient', retryAfter: undefined }],
    ['429 with a time without end', failing(429, '{}', { 'retry-after': '1e309' }), { kind: 'transient' }],
    ['429 with a time before now', failing(429, '{}', { 'retry-after': '-5' }), { kind: 'transient' }],
    [
      'a page of a gateway',
      failing(502, '<html><head><title>502 Bad Gateway</title></head></html>', { 'content-type': 'text/html' }),
      { kind: 'transient' },
    ],
    ['nothing at all with 500', failing(500, ''), { kind: 'transient' }],
    ['a body that is no JSON', failing(400, 'context length exceeded', { 'content-type': 'text/plain' }), { kind: 'overflow' }],
    ['a list of errors', failing(400, '{"errors":[{"message":"Prompt is too long: 9 tokens > 8"}]}'), { kind: 'overflow' }],
    [
      'an error within an error',
      failing(400, '{"error":{"error":{"message":"maximum context length is 8 tokens. However, you requested 9 tokens"}}}'),
      { kind: 'overflow', overflow: { promptTokens: 9, contextTokens: 8 } },
    ],
    [
      'a list with an error in it',
      failing(
        400,
        '[{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of tokens allowed (8).","status":"INVALID_ARGUMENT"}}]',
      ),
      { kind: 'overflow', overflow: { promptTokens: 9, contextTokens: 8 } },
    ],
    [
      'an overflow with 500',
      failing(500, '{"error":"the request exceeds the available context size, try increasing it"}'),
      { kind: 'overflow' },
    ],
    [
      'an overflow with 422 of TGI',
      failing(
        422,
        '{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 7 `inputs` tokens and 2 `max_new_tokens`","error_type":"validation"}',
      ),
      { kind: 'overflow' },
    ],
    ['an overflow with 413', failing(413, 'Payload Too Large', { 'content-type': 'text/plain' }), { kind: 'overflow' }],
    [
      'an overflow of Ollama',
      failing(400, '{"error":{"message":"input length exceeds maximum context length","type":"api_error"}}'),
      { kind: 'overflow' },
    ],
    [
      'an error with status 200 and a success',
      failing(200, '{"success":false,"error":"CUDA out of memory"}'),
      { kind: 'transient', message: expect.stringContaining('CUDA') },
    ],
    ['an error with status 200 and a detail', failing(200, '{"detail":"Model is loading"}'), { kind: 'transient' }],
    ['a stream that says nothing', raw(''), { kind: 'transient' }],
    ['a stream of [DONE] alone', raw(done), { kind: 'transient' }],
    ['half an event', raw('data: {"choices":[{"delta":{"content":"He'), { kind: 'transient' }],
    [
      'a redirect',
      (response) => response.writeHead(307, { location: 'http://example.com/v1/chat/completions' }).end(),
      { code: 'server.redirected' },
    ],
  ])('%s', async (_trouble, answer, expected) => {
    expect((await replyOf(answer)).error).toMatchObject(expected);
  });
});
