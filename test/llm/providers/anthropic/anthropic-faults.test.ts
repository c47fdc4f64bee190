import { describe, expect, it, onTestFinished } from 'vitest';
import type { ModelError } from '../../../../src/llm/model-error.ts';
import type { AnthropicFault } from '../../../support/fake-anthropic-server/anthropic-fault.ts';
import { startFakeAnthropicServer } from '../../../support/fake-anthropic-server/start-fake-anthropic-server.ts';
import { streamed } from '../../model-on-fake.ts';
import { write } from '../../reply-on-fake.ts';
import { connectedTo, onFakeAnthropic } from './model-on-fake-anthropic.ts';

const text = 'One two three – four 工作 five six.';

/** Of one reply whose first request meets the fault; two repetitions are allowed. */
interface Whole {
  requests: number;
  /** What is waited before each repetition, in milliseconds. */
  waits: number[];
}

const whole = (requests: number, waits = Array<number>(requests - 1).fill(1)): Whole => ({ requests, waits });
const status = (number: number, type: string, message: string, retryAfter?: number | string): AnthropicFault => ({
  kind: 'status',
  status: number,
  type,
  message,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

const matrix: [name: string, faults: AnthropicFault[], promised: Whole | string][] = [
  // The connection.
  ['a reset before any byte', [{ kind: 'refuse' }], whole(2)],
  ['a stream that is cut before its first event', [{ kind: 'cut', afterEvents: 0 }], whole(2)],
  ['a stream that is cut before its first text', [{ kind: 'cut', afterEvents: 3 }], whole(2)],
  ['a stream that is cut in the middle', [{ kind: 'cut', afterEvents: 6 }], whole(2)],
  ['a stream that is cut before the reason for its end', [{ kind: 'cut', afterEvents: 12 }], whole(2)],
  ['a stream that is cut after the reason for its end', [{ kind: 'cut', afterEvents: 13 }], whole(1)],
  ['bytes that drip in ones', [{ kind: 'split_bytes', size: 1 }], whole(1)],
  ['bytes in threes, through JSON and characters', [{ kind: 'split_bytes', size: 3 }], whole(1)],
  // Silence.
  ['silence before the first event, with the models answering', [{ kind: 'silence', afterEvents: 0 }], whole(1)],
  ['pings before the first text', [{ kind: 'pings', afterEvents: 1, everyMilliseconds: 10 }], whole(1)],
  ['slow pings in the middle of the text, which are life', [{ kind: 'pings', afterEvents: 6, everyMilliseconds: 10 }], whole(1)],
  // What is in the stream.
  ['half an event', [{ kind: 'half_event', afterEvents: 6 }], whole(2)],
  ['an event that is no JSON', [{ kind: 'garbage', afterEvents: 6, text: '{"type": "content_block_delta", oops' }], whole(2)],
  ['words between events', [{ kind: 'garbage', afterEvents: 6, text: 'keep-alive' }], whole(1)],
  ['a number as an event', [{ kind: 'garbage', afterEvents: 6, text: '42' }], whole(1)],
  [
    'an event of a hostile shape',
    [{ kind: 'garbage', afterEvents: 6, text: '{"type":"content_block_delta","index":"x","delta":{"type":7,"text":[]}}' }],
    whole(1),
  ],
  ['no message_stop', [{ kind: 'without', types: ['message_stop'] }], whole(1)],
  ['no message_start', [{ kind: 'without', types: ['message_start'] }], whole(1)],
  ['no beginnings and ends of blocks', [{ kind: 'without', types: ['content_block_start', 'content_block_stop'] }], whole(1)],
  ['events in the wrong order', [{ kind: 'wrong_order' }], whole(1)],
  ['events of a type that nobody knows', [{ kind: 'unknown_events' }], whole(1)],
  ['a whole message where a stream was asked for', [{ kind: 'whole' }], whole(1)],
  ['overloaded in the middle', [{ kind: 'error_event', afterEvents: 6, type: 'overloaded_error', message: 'Overloaded' }], whole(2)],
  ['an error of the service in the middle', [{ kind: 'error_event', afterEvents: 6, type: 'api_error', message: 'Internal' }], whole(2)],
  ['an error of an unknown name in the middle', [{ kind: 'error_event', afterEvents: 6, type: 'moon_error', message: 'Full' }], whole(2)],
  [
    'a refusal in the middle',
    [{ kind: 'error_event', afterEvents: 6, type: 'invalid_request_error', message: 'No.' }],
    'model.bad_request',
  ],
  ['a line without an end', [{ kind: 'huge_line', characters: 18 * 1024 * 1024 }], 'server.endless'],
  // Answers.
  ['500', [status(500, 'api_error', 'Internal server error')], whole(2)],
  ['529', [status(529, 'overloaded_error', 'Overloaded')], whole(2)],
  ['529 with a time to wait', [status(529, 'overloaded_error', 'Overloaded', 4)], whole(2, [4000])],
  ['429', [status(429, 'rate_limit_error', 'This request would exceed the rate limit')], whole(2)],
  ['429 with a time to wait', [status(429, 'rate_limit_error', 'This request would exceed the rate limit', 7)], whole(2, [7000])],
  ['503 with a page', [{ kind: 'status', status: 503, body: '<html>Bad gateway</html>', contentType: 'text/html' }], whole(2)],
  ['401', [status(401, 'authentication_error', 'invalid x-api-key')], 'server.unauthorized'],
  ['403', [status(403, 'permission_error', 'Your key may not use this')], 'provider.forbidden'],
  ['404', [status(404, 'not_found_error', 'model: claude-0')], 'model.not_found'],
  ['413', [status(413, 'request_too_large', 'Request exceeds the maximum size')], 'model.overflow'],
  [
    'a prompt that is too long',
    [status(400, 'invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum')],
    'model.overflow',
  ],
  [
    'prompt and reply that are too long',
    [
      status(
        400,
        'invalid_request_error',
        'input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000, decrease input length or `max_tokens` and try again',
      ),
    ],
    'model.overflow',
  ],
  ['no credit', [status(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.')], 'provider.quota'],
  ['402', [status(402, 'billing_error', 'Payment required')], 'provider.quota'],
  [
    'a used up allowance',
    [status(429, 'rate_limit_error', 'You have reached your specified API usage limits. You will regain access on 2026-12-01.', 3600)],
    'provider.quota',
  ],
  ['a page with status 200', [{ kind: 'page' }], 'server.not_streaming'],
  ['a page that says it is a stream', [{ kind: 'page', contentType: 'text/event-stream' }], 'server.not_streaming'],
  ['JSON with status 200 that is no message', [{ kind: 'page', contentType: 'application/json' }], 'server.not_streaming'],
  ['a redirect', [{ kind: 'redirect', to: 'http://127.0.0.1:9/v1/messages' }], 'server.redirected'],
];

const recovered = matrix.flatMap(([name, faults, promised]) => (typeof promised === 'string' ? [] : [[name, faults, promised] as const]));
const refused = matrix.flatMap(([name, faults, promised]) => (typeof promised === 'string' ? [[name, faults, promised] as const] : []));
const has = (faults: AnthropicFault[], kind: AnthropicFault['kind']) => faults.some((fault) => fault.kind === kind);
/** How long silence may last. Short only where silence is the fault, and longer where pings are to be life: on a busy machine what is merely slow must not count as silence. */
const silenceFor = (faults: AnthropicFault[]) => (has(faults, 'silence') ? 100 : has(faults, 'pings') ? 1500 : 30_000);
/** With the 10 milliseconds between them, more than that. */
const enoughPings = 200;

describe.each(['echoed', 'continued'] as const)('the fault matrix of Anthropic (a continued reply is %s)', (prefill) => {
  const meet = async (faults: AnthropicFault[]) => {
    const on = await onFakeAnthropic(
      { reply: () => text, prefill, faults: faults.map((fault) => ({ when: 0, fault })) },
      { timeoutMilliseconds: silenceFor(faults) },
    );
    const asked = () => on.server.paths.filter((path) => path === 'GET /v1/models').length;
    const writing = write({ model: on.model, retries: 2 });
    // Silence lasts until its health was asked for twice; pings for longer than the limit of silence.
    if (has(faults, 'silence')) await expect.poll(asked, { timeout: 100_000 }).toBeGreaterThanOrEqual(2);
    if (has(faults, 'pings')) await expect.poll(() => on.server.sent.pings, { timeout: 100_000 }).toBeGreaterThanOrEqual(enoughPings);
    on.server.gate.open();
    return { ...on, ...(await writing) };
  };

  it.each(recovered)('%s: the reply is whole', async (_, faults, promised) => {
    const { server, reply, error, text: seen, slept } = await meet(faults);
    expect(error).toBeUndefined();
    expect(reply).toMatchObject({ text, finishReason: 'stop' });
    expect(seen).toBe(text);
    expect(slept).toEqual(promised.waits);
    expect(server.requests).toHaveLength(promised.requests);
  });

  it.each(refused)('%s: an error at once that says who, what was said and what to do', async (_, faults, code) => {
    const { server, error } = await meet(faults);
    expect(error).toMatchObject({ code, message: expect.any(String), hint: expect.any(String) });
    const { message, hint } = error as ModelError;
    // A prompt that is too long is too long everywhere: there the hint says where to change what.
    expect(code === 'model.overflow' ? hint : message).toContain(
      code === 'model.overflow' ? 'providers.work' : `provider work (Anthropic at ${server.address})`,
    );
    expect(server.requests).toHaveLength(1);
  });
});

it('has no fewer faults than that of a llama-server', () => {
  expect(new Set(matrix.map(([name]) => name)).size).toBeGreaterThanOrEqual(40);
});

describe('silence in the middle of a reply', () => {
  it('ends the call, although the server answers other questions', async () => {
    const { model } = await onFakeAnthropic(
      { reply: () => text, faults: [{ when: 0, fault: { kind: 'silence', afterEvents: 6 } }] },
      { timeoutMilliseconds: 100 },
    );
    expect(await streamed(model)).toMatchObject({ text: 'One two three', error: { code: 'server.silent', kind: 'transient' } });
  });
});

describe('pings without an end', () => {
  it('end the call', async () => {
    const { model } = await onFakeAnthropic({ faults: [{ when: 0, fault: { kind: 'pings', afterEvents: 1, everyMilliseconds: 0 } }] });
    expect((await streamed(model)).error).toMatchObject({ code: 'server.endless' });
  });
});

describe('what is told', () => {
  it('has no key in it, even if the server quotes it', async () => {
    const key = 'my-own-key-4711';
    const { model } = await onFakeAnthropic(
      { apiKey: key, faults: [{ when: 0, fault: status(403, 'permission_error', `The key ${key} may not.`) }] },
      { apiKey: key },
    );
    const { error } = await streamed(model);
    expect((error as Error).message).toContain('may not');
    expect(JSON.stringify([(error as Error).message, (error as { hint?: string }).hint])).not.toContain(key);
  });

  it('says that nothing listens there', async () => {
    const server = await startFakeAnthropicServer();
    onTestFinished(() => server.close());
    const { connection } = await connectedTo(server.address);
    await server.close();
    expect((await streamed(connection.model())).error).toMatchObject({
      kind: 'transient',
      code: 'server.lost',
      message: `The provider work (Anthropic at ${server.address}) cannot be reached (nothing listens there).`,
    });
  });

  it('ends with the signal, as soon as it is aborted', async () => {
    const { model } = await onFakeAnthropic({ faults: [{ when: 0, fault: { kind: 'silence', afterEvents: 4 } }] });
    const stop = new AbortController();
    const parts: string[] = [];
    const reading = (async () => {
      for await (const part of model.stream({
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Go.' }] }],
        signal: stop.signal,
      })) {
        parts.push(part.type);
        stop.abort(new Error('stopped'));
      }
    })();
    await expect(reading).rejects.toThrow('stopped');
    expect(parts).toEqual(['text']);
  });
});
