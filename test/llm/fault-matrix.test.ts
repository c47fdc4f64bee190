import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import type { Reply } from '../../src/llm/write-reply.ts';
import type { Fault } from '../support/fake-llama-server/fault.ts';
import { startFakeLlamaServer, type FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn } from './model-on-fake.ts';
import { write } from './reply-on-fake.ts';

const text = 'One two three – four 工作 five six.';

/** What is promised for one reply when the first request meets the fault; two repetitions are allowed. */
type Promised =
  /** The whole text, byte for byte, over this many requests, each but the first going on where the text ended. */
  | { outcome: 'whole'; requests: number; waits?: number[] }
  /** What the server sent twice cannot be told from what was said twice. */
  | { outcome: 'doubled' }
  /** An error at once; asking again could not help. */
  | { outcome: 'error'; code: string };

const whole = (requests: number, waits?: number[]): Promised => ({ outcome: 'whole', requests, ...(waits ? { waits } : {}) });
const error = (code: string): Promised => ({ outcome: 'error', code });
const status = (number: number, more: { body?: string; contentType?: string; retryAfter?: number | string } = {}): Fault => ({
  kind: 'status',
  status: number,
  ...more,
});
const errorBody = (message: string, type = 'server_error') => JSON.stringify({ error: { code: 500, message, type } });

const matrix: [string, Fault[], Promised][] = [
  // The connection.
  ['a reset before any byte', [{ kind: 'refuse' }], whole(2)],
  ['a reset in the headers', [{ kind: 'reset_in_headers' }], whole(2)],
  ['a stream that breaks at once', [{ kind: 'break', afterChunks: 0 }], whole(2)],
  ['a stream that breaks in the middle', [{ kind: 'break', afterChunks: 5 }], whole(2)],
  ['a stream that breaks before its last chunk', [{ kind: 'break', afterChunks: 99 }], whole(2)],
  ['a declared length that is too short', [{ kind: 'wrong_content_length', difference: -1000 }], whole(2)],
  ['a declared length that is too long', [{ kind: 'wrong_content_length', difference: 50 }], whole(1)],
  // Silence; the limit is 100 ms here.
  ['silence before the headers, with health answering', [{ kind: 'silence_before_headers' }], whole(1)],
  ['pings and nothing else, with health answering', [{ kind: 'pings', everyMilliseconds: 1 }], whole(1)],
  ['silence after the first token, although health answers', [{ kind: 'silence', afterChunks: 1 }], whole(2)],
  ['silence in the middle, although health answers', [{ kind: 'silence', afterChunks: 6 }], whole(2)],
  ['bytes that drip in ones', [{ kind: 'split_bytes', size: 1 }], whole(1)],
  ['bytes in threes, through JSON and characters', [{ kind: 'split_bytes', size: 3 }], whole(1)],
  // What is in the stream.
  ['half a chunk of JSON', [{ kind: 'half_chunk', afterChunks: 4 }], whole(2)],
  ['no [DONE]', [{ kind: 'no_done' }], whole(1)],
  ['no usage', [{ kind: 'no_usage' }], whole(1)],
  ['neither [DONE] nor usage', [{ kind: 'no_done' }, { kind: 'no_usage' }], whole(1)],
  ['content that is null', [{ kind: 'null_content', afterChunks: 3 }], whole(1)],
  ['a chunk that comes twice', [{ kind: 'duplicate_chunk', afterChunks: 0 }], { outcome: 'doubled' }],
  ['an error in the stream', [{ kind: 'error_event', afterChunks: 3, message: 'Compute error.' }], whole(2)],
  ['a refusal in the stream', [{ kind: 'error_event', afterChunks: 3, status: 400, message: 'No.' }], error('model.bad_request')],
  ['the shared context full in the stream', [{ kind: 'error_event', afterChunks: 3 }], error('model.overflow')],
  // Answers.
  ['500', [status(500)], whole(2)],
  [
    '500 because the shared context is full',
    [status(500, { body: errorBody('Context size has been exceeded.') })],
    error('model.overflow'),
  ],
  ['500 from the chat template', [status(500, { body: errorBody('Jinja Exception: roles must alternate') })], error('model.bad_request')],
  ['502 with a page', [status(502, { body: '<html>Bad gateway</html>', contentType: 'text/html' })], whole(2)],
  ['503', [status(503)], whole(2)],
  ['503 with a time to wait', [status(503, { retryAfter: 3 })], whole(2, [3000])],
  ['429', [status(429)], whole(2)],
  ['429 with a time to wait', [status(429, { retryAfter: 7 })], whole(2, [7000])],
  ['429 with a date that has passed', [status(429, { retryAfter: 'Thu, 01 Jan 1970 00:00:00 GMT' })], whole(2, [0])],
  ['429 with a day to wait', [status(429, { retryAfter: 86_400 })], whole(2, [3_600_000])],
  ['429 with nonsense to wait', [status(429, { retryAfter: 'soon' })], whole(2, [])],
  ['400', [status(400)], error('model.bad_request')],
  [
    '400 because the prompt is too long',
    [status(400, { body: errorBody('too long', 'exceed_context_size_error') })],
    error('model.overflow'),
  ],
  ['401', [status(401)], error('server.unauthorized')],
  ['403', [status(403)], error('server.unauthorized')],
  ['404', [status(404)], error('model.not_found')],
  ['a page with status 200', [{ kind: 'wrong_content_type', contentType: 'text/html' }], error('server.not_streaming')],
  ['JSON with status 200', [{ kind: 'wrong_content_type', contentType: 'application/json' }], error('server.not_streaming')],
];

/** Lets the server speak on once it has been silent for longer than the limit and its health was asked. */
async function endSilence(server: FakeLlamaServer, faults: Fault[]): Promise<void> {
  if (!faults.some(({ kind }) => kind === 'silence_before_headers' || kind === 'pings')) return;
  await server.waitUntil(({ calls }) => calls.filter(({ path }) => path === '/health').length >= 2);
  server.silence.open();
}

describe.each(['echoed', 'continued'] as const)('the fault matrix (a continued reply is %s)', (prefill) => {
  it.each(matrix)('%s', async (_, faults, promised) => {
    await using server = await startFakeLlamaServer({ reply: () => text, prefill, faults: faults.map((fault) => ({ when: 0, fault })) });
    const writing = write({ model: modelOn(server, { timeoutMilliseconds: 100 }), retries: 2 });
    await endSilence(server, faults);
    const { reply, error: failure, text: seen, slept } = await writing;

    if (promised.outcome === 'error') {
      expect(failure).toMatchObject({ code: promised.code, hint: expect.any(String) });
      expect(server.requests).toHaveLength(1);
      return;
    }
    expect(failure).toBeUndefined();
    expect(reply?.finishReason).toBe('stop');
    expect(seen).toBe(reply?.text);
    expect(reply?.text).toBe(promised.outcome === 'doubled' ? `One${text}` : text);
    if (promised.outcome !== 'whole') return;
    expect(server.requests).toHaveLength(promised.requests);
    expect(generatedAgain(server, reply)).toBe('');
    if (promised.waits) expect(slept).toEqual(promised.waits);
  });
});

/** What a later request began with although it had arrived before. */
function generatedAgain({ requests }: FakeLlamaServer, reply: Reply | undefined): string {
  const [, second] = requests;
  if (second?.prefill === undefined) return '';
  return reply?.text.startsWith(second.prefill) === true && !second.replyText.startsWith(second.prefill) ? '' : second.replyText;
}

describe('the limit of silence', () => {
  it('is 300 s unless somebody sets another, and 400 s before the first byte are then waited for while health answers', async () => {
    const { llm_timeout: seconds } = settingsSchema.parse({});
    expect(seconds).toBe(300);
    // The same in small: silence of 4/3 of the limit.
    await using server = await startFakeLlamaServer({
      reply: () => text,
      faults: [{ when: 0, fault: { kind: 'silence_before_headers' } }],
    });
    const writing = write({ model: modelOn(server, { timeoutMilliseconds: seconds / 3 }) });
    await server.waitUntil(({ calls }) => calls.some(({ path }) => path === '/health'));
    server.silence.open();
    const { reply, error: failure } = await writing;
    expect([reply?.text, failure]).toEqual([text, undefined]);
    expect(server.requests).toHaveLength(1);
  });
});
