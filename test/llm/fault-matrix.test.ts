import { describe, expect, it, onTestFinished } from 'vitest';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import type { Reply } from '../../src/llm/reply/write-reply.ts';
import type { Fault } from '../support/fake-llama-server/fault.ts';
import { startFakeLlamaServer, type FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { dialectsOnFake } from './dialects-on-fake.ts';
import { modelOn } from './model-on-fake.ts';
import { write } from './reply-on-fake.ts';

const text = 'One two three – four 工作 five six.';

/** Of one reply whose first request meets the fault; two repetitions are allowed. */
interface Whole {
  /** How many requests it takes; each but the first goes on where the text ended. */
  requests: number;
  /** What is waited before each repetition, in milliseconds: what the server asks for, else our own time. */
  waits: number[];
  /** Default: the text, byte for byte. */
  text: string;
  /** The text where a model is asked to go on, because its server continues nothing. Default: the same. */
  textIfAsked?: string;
}

/** That `write` sets before the first repetition. */
const ownWait = 1;

const whole = (requests: number, change: Partial<Whole> = {}): Whole => ({
  requests,
  waits: Array<number>(requests - 1).fill(ownWait),
  text,
  ...change,
});
const status = (number: number, more: { body?: string; contentType?: string; retryAfter?: number | string } = {}): Fault => ({
  kind: 'status',
  status: number,
  ...more,
});
const errorBody = (message: string, type = 'server_error') => JSON.stringify({ error: { code: 500, message, type } });

/** What ends in a whole reply, and what in an error at once, because asking again could not help. */
const matrix: [name: string, faults: Fault[], promised: Whole | string][] = [
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
  [
    'silence after the first token, although health answers',
    [{ kind: 'silence', afterChunks: 1 }],
    // The fake server begins anew where it is asked to go on, and one word is too little to know that.
    whole(2, { textIfAsked: `One${text}` }),
  ],
  ['silence in the middle, although health answers', [{ kind: 'silence', afterChunks: 6 }], whole(2)],
  ['bytes that drip in ones', [{ kind: 'split_bytes', size: 1 }], whole(1)],
  ['bytes in threes, through JSON and characters', [{ kind: 'split_bytes', size: 3 }], whole(1)],
  // What is in the stream.
  ['half a chunk of JSON', [{ kind: 'half_chunk', afterChunks: 4 }], whole(2)],
  ['no [DONE]', [{ kind: 'no_done' }], whole(1)],
  ['no usage', [{ kind: 'no_usage' }], whole(1)],
  ['neither [DONE] nor usage', [{ kind: 'no_done' }, { kind: 'no_usage' }], whole(1)],
  ['content that is null', [{ kind: 'null_content', afterChunks: 3 }], whole(1)],
  // Nothing tells a chunk that was sent twice from a word that was said twice.
  ['a chunk that comes twice', [{ kind: 'duplicate_chunk', afterChunks: 0 }], whole(1, { text: `One${text}` })],
  ['an error in the stream', [{ kind: 'error_event', afterChunks: 3, message: 'Compute error.' }], whole(2)],
  ['a refusal in the stream', [{ kind: 'error_event', afterChunks: 3, status: 400, message: 'No.' }], 'model.bad_request'],
  ['the shared context full in the stream', [{ kind: 'error_event', afterChunks: 3 }], 'model.overflow'],
  // Answers.
  ['500', [status(500)], whole(2)],
  ['500 because the shared context is full', [status(500, { body: errorBody('Context size has been exceeded.') })], 'model.overflow'],
  ['500 from the chat template', [status(500, { body: errorBody('Jinja Exception: Value is not callable: null') })], 'model.bad_request'],
  ['502 with a page', [status(502, { body: '<html>Bad gateway</html>', contentType: 'text/html' })], whole(2)],
  ['503', [status(503)], whole(2)],
  ['503 with a time to wait', [status(503, { retryAfter: 3 })], whole(2, { waits: [3000] })],
  ['429', [status(429)], whole(2)],
  ['429 with a time to wait', [status(429, { retryAfter: 7 })], whole(2, { waits: [7000] })],
  ['429 with a date that has passed', [status(429, { retryAfter: 'Thu, 01 Jan 1970 00:00:00 GMT' })], whole(2, { waits: [0] })],
  ['429 with a day to wait', [status(429, { retryAfter: 86_400 })], whole(2, { waits: [3_600_000] })],
  ['429 with nonsense to wait', [status(429, { retryAfter: 'soon' })], whole(2)],
  ['400', [status(400)], 'model.bad_request'],
  ['400 because the prompt is too long', [status(400, { body: errorBody('too long', 'exceed_context_size_error') })], 'model.overflow'],
  ['401', [status(401)], 'server.unauthorized'],
  ['403', [status(403)], 'server.unauthorized'],
  ['404', [status(404)], 'model.not_found'],
  ['a page with status 200', [{ kind: 'wrong_content_type', contentType: 'text/html' }], 'server.not_streaming'],
  ['JSON with status 200', [{ kind: 'wrong_content_type', contentType: 'application/json' }], 'server.not_streaming'],
];

/** Where each is asked whether it is alive; OpenAI is asked for its models while connecting, too. */
const healthOf: Readonly<Record<string, RegExp>> = { 'llama-server': /^\/health$/, openai: /^\/v1\/models$/, azure: /^\/openai\/models$/ };

/** Lets the server speak on once it has been silent for longer than the limit and its health was asked. */
async function endSilence(server: FakeLlamaServer, faults: Fault[], dialect: string): Promise<void> {
  if (!faults.some(({ kind }) => kind === 'silence_before_headers' || kind === 'pings')) return;
  await server.waitUntil(({ calls }) => calls.filter(({ path }) => healthOf[dialect]?.test(path)).length >= (dialect === 'openai' ? 3 : 2));
  server.silence.open();
}

const recovered = matrix.flatMap(([name, faults, promised]) => (typeof promised === 'string' ? [] : [[name, faults, promised] as const]));
const refused = matrix.flatMap(([name, faults, promised]) => (typeof promised === 'string' ? [[name, faults, promised] as const] : []));

/** What a provider makes of a fault, where that is not what is made of it at a server of one's own. */
const ofProviders: Readonly<Record<string, string>> = { '403': 'provider.forbidden' };

const dialects: [dialect: string, prefill: 'echoed' | 'continued' | 'refused'][] = [
  ['llama-server', 'echoed'],
  ['llama-server', 'continued'],
  // Nothing that stands last is continued there: the model is asked to go on.
  ['openai', 'refused'],
  ['azure', 'refused'],
];

describe.each(dialects)('the fault matrix of %s (a reply that stands last is %s)', (dialect, prefill) => {
  const meet = async (faults: Fault[]) => {
    const server = await startFakeLlamaServer({ reply: () => text, prefill, faults: faults.map((fault) => ({ when: 0, fault })) });
    onTestFinished(() => server.close());
    // Short only where silence is the fault: on a busy machine what is merely slow must not count as silence.
    const silent = faults.some(({ kind }) => kind.startsWith('silence') || kind === 'pings');
    const model = await dialectsOnFake[dialect]?.(server, { timeoutMilliseconds: silent ? 100 : 30_000 });
    if (model === undefined) throw new Error(`there is no dialect ${dialect}`);
    const writing = write({ model, retries: 2 });
    await endSilence(server, faults, dialect);
    return { server, ...(await writing) };
  };

  it.each(recovered)('%s: the reply is whole', async (_, faults, promised) => {
    const { server, reply, error, text: seen, slept } = await meet(faults);
    expect(error).toBeUndefined();
    const expected = prefill === 'refused' ? (promised.textIfAsked ?? promised.text) : promised.text;
    expect(reply).toMatchObject({ text: expected, finishReason: 'stop' });
    expect(seen).toBe(expected);
    expect(slept).toEqual(promised.waits);
    expect(server.requests).toHaveLength(promised.requests);
    expect(generatedAgain(server, reply)).toBe('');
  });

  it.each(refused)('%s: an error at once that says what to do', async (name, faults, code) => {
    const { server, error } = await meet(faults);
    const expected = dialect === 'llama-server' ? code : (ofProviders[name] ?? code);
    expect(error).toMatchObject({ code: expected, hint: expect.any(String) });
    expect(server.requests).toHaveLength(1);
  });
});

it('has no fewer than 25 faults', () => {
  expect(new Set(matrix.map(([name]) => name)).size).toBeGreaterThanOrEqual(25);
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
