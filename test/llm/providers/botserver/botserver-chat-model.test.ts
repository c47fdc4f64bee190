import { describe, expect, it, onTestFinished, test } from 'vitest';
import { type Answering, startFakeBotserver } from '../../../support/fake-botserver/start-fake-botserver.ts';
import { message, streamed } from '../../model-on-fake.ts';
import { write } from '../../reply-on-fake.ts';
import { connectWork } from '../connect-support.ts';

const text = 'One two three – four 工作 five six.';
const answered: Answering = () => ({ output: text, exit_code: 0, metadata: {} });

interface Faulty {
  /** What the first question meets; later ones are answered. */
  first?: Answering;
  model?: string;
  timeoutMilliseconds?: number;
}

async function agent({ first, model, timeoutMilliseconds }: Faulty = {}) {
  let asked = 0;
  const server = await startFakeBotserver({
    routes: {
      'POST /api/botcoder/(builder|2)/query': (call, response) => ((asked += 1) === 1 ? (first ?? answered) : answered)(call, response),
    },
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const connection = await connectWork('botserver', {
    address: server.root,
    ...(model === undefined ? {} : { model }),
    ...(timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }),
  });
  const queries = () => server.calls.filter(({ method }) => method === 'POST');
  return { server, connection, model: connection.model(), queries };
}

const raw =
  (body: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }, status = 200): Answering =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

describe('an agent of a botserver as a model', () => {
  it('is asked with the whole conversation, and answers in one piece', async () => {
    const { model, queries } = await agent();
    const { parts } = await streamed(model, { messages: [message('system', 'Team.'), message('user', 'Count.')] });
    expect(parts).toEqual([
      { type: 'text', text },
      { type: 'end', finishReason: 'stop', usage: {} },
    ]);
    expect(queries()).toMatchObject([{ path: '/api/botcoder/builder/query', body: { query: 'Team.\n\nCount.' } }]);
    expect(queries()[0]?.headers.authorization).toBe('Bearer key-of-work');
  });

  it('is found by its number where its name is not known, and asked by that from then on', async () => {
    const server = await startFakeBotserver({ routes: { 'POST /api/botcoder/8/query': answered } });
    onTestFinished(() => server[Symbol.asyncDispose]());
    const model = (await connectWork('botserver', { address: server.root, model: 'test' })).model();
    expect((await streamed(model)).text).toBe(text);
    expect((await streamed(model)).text).toBe(text);
    expect(server.calls.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/api/botcoder/test/query',
      '/api/botcoder/8/query',
      '/api/botcoder/8/query',
    ]);
  });

  it('is asked to go on in words after a reply that was cut', async () => {
    const { model, queries } = await agent({ first: () => ({ output: 'One two', exit_code: 0, metadata: { finish_reason: 'length' } }) });
    const { reply, error } = await write({ model, retries: 0 });
    expect(error).toBeUndefined();
    expect(reply?.text.startsWith('One two')).toBe(true);
    expect(queries()).toHaveLength(2);
    expect(queries()[1]?.body).toMatchObject({ query: expect.stringContaining('# You answered\n\nOne two') });
  });

  it('ends when the caller does not want it any more, and the server sees that', async () => {
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const stop = new AbortController();
    const { model } = await agent({
      first: (_, response) => {
        response.on('close', resolve);
        stop.abort(new Error('enough'));
      },
    });
    expect((await streamed(model, { signal: stop.signal })).error).toMatchObject({ message: 'enough' });
    await gone;
  });

  it('is at work as long as its server says that it is well', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    let health = 0;
    const server = await startFakeBotserver({
      routes: {
        'GET /health': () => {
          if ((health += 1) >= 3) resolve();
          return {};
        },
        'POST .*': async () => {
          await asked;
          return { output: text, exit_code: 0 };
        },
      },
    });
    onTestFinished(() => server[Symbol.asyncDispose]());
    const model = (await connectWork('botserver', { address: server.root, timeoutMilliseconds: 50 })).model();
    expect((await streamed(model)).text).toBe(text);
  });

  test.each<[string, Answering]>([
    ['a connection that breaks', (_, response) => void response.destroy()],
    [
      'an answer that is cut',
      (_, response) => void response.writeHead(200, { 'content-length': '500' }).write('{"output":"One', () => response.destroy()),
    ],
    ['500', raw('{"error":"agent crashed"}', {}, 500)],
    ['503 with a page', raw('<html>Bad gateway</html>', { 'content-type': 'text/html' }, 503)],
    ['429', raw('{"error":"one at a time"}', { 'retry-after': '0' }, 429)],
  ])('%s is asked again', async (_, first) => {
    const { model, queries } = await agent({ first });
    const { reply, error } = await write({ model, retries: 1 });
    expect([reply?.text, error]).toEqual([text, undefined]);
    expect(queries()).toHaveLength(2);
  });

  test.each<[string, Answering, string, RegExp]>([
    [
      'an agent that failed',
      () => ({ output: 'no such\ttable\u001b[2J', exit_code: 3 }),
      'provider.agent_failed',
      /The agent builder of .* failed \(exit code 3\): no such table$/,
    ],
    ['an agent that failed without a word', () => ({ output: '', exit_code: 1 }), 'provider.agent_failed', /it gave no reason/],
    ['a page for people', raw('<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }), 'provider.page', /Sign in/],
    ['words', raw('ok'), 'provider.not_understood', /something else where the answer of the agent builder was expected/],
    ['JSON of another kind', () => ({ choices: [] }), 'provider.not_understood', /something else/],
    ['an answer without an end', raw(Buffer.alloc(9 * 1024 * 1024, 'a')), 'server.endless', /more than/],
    ['a redirect', raw('', { location: 'http://169.254.169.254/' }, 302), 'server.redirected', /redirects are not followed/],
    ['401', raw('{"error":"no"}', {}, 401), 'server.unauthorized', /refuses the key/],
    ['403', raw('{"error":"no"}', {}, 403), 'provider.forbidden', /does not allow this/],
    ['400', raw('{"error":"query too long"}', {}, 400), 'model.bad_request', /query too long/],
    ['a quota', raw('{"error":"insufficient credits"}', {}, 402), 'provider.quota', /quota is used up/],
  ])('%s is an error at once that says what to do', async (_, first, code, says) => {
    const { model, queries } = await agent({ first });
    const { error } = await write({ model, retries: 2 });
    expect(error).toMatchObject({ code, hint: expect.any(String) });
    expect((error as Error).message).toMatch(says);
    expect(queries()).toHaveLength(1);
  });

  it('an agent that the server does not have is told, with those there are', async () => {
    const { model } = await agent({ model: 'translator' });
    expect((await streamed(model)).error).toMatchObject({ code: 'model.not_found', hint: expect.stringContaining('planner, builder') });
  });
});
