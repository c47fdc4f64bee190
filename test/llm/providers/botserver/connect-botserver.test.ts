import { describe, expect, it, onTestFinished, test } from 'vitest';
import { type Answering, type FakeBotserverOptions, startFakeBotserver } from '../../../support/fake-botserver/start-fake-botserver.ts';
import { connectWork, refusal } from '../connect-support.ts';

async function on(routes: FakeBotserverOptions['routes'] = {}) {
  const server = await startFakeBotserver({ routes });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

const notThere: Answering = (_, response) => void response.writeHead(404).end();
const page: Answering = (_, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');

describe('connecting to a botserver', () => {
  test.each([
    ['/health', {}],
    ['/healthz', { 'GET /health': notThere, 'GET /healthz': () => ({}) }],
    ['/api/health', { 'GET /health': notThere, 'GET /api/health': () => ({}) }],
  ])('asks for its health alone, here at %s', async (path, routes) => {
    const server = await on(routes);
    const connection = await connectWork('botserver', { address: server.root, apiKey: undefined });
    expect(server.calls.at(-1)?.path).toBe(path);
    expect(connection.server).toMatchObject({ address: server.root, hosted: 'botserver', models: ['builder'] });
    expect(connection.server).not.toHaveProperty('contextTokens');
    expect(await connection.isHealthy?.(AbortSignal.timeout(60_000))).toBe(true);
  });

  test.each([
    '',
    '/',
    '/v1',
    '/api',
    '/api/botcoder',
    '/api/botcoder/builder/query',
    '/api/autotask/execute',
    '/health',
    '/ws/task-progress',
  ])('takes its address with %s behind it', async (copied) => {
    const server = await on();
    expect((await connectWork('botserver', { address: `${server.root}${copied}` })).server.address).toBe(server.root);
  });

  it('sends a key that an entry gives, and none where none is given', async () => {
    const server = await on();
    await connectWork('botserver', { address: server.root, apiKey: 'key-of-work' });
    await connectWork('botserver', { address: server.root, apiKey: undefined });
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer key-of-work', undefined]);
  });

  test.each<[string, FakeBotserverOptions['routes'], { code: string; says: RegExp }]>([
    [
      'no health check',
      { 'GET /health': notThere },
      { code: 'provider.no_health', says: /has no health check.*\nCheck base_url of providers\.work/ },
    ],
    ['a page for people', { 'GET /health': page }, { code: 'provider.page', says: /page for people.*Sign in/ }],
    [
      'a redirect',
      { 'GET /health': (_, response) => void response.writeHead(307, { location: 'https://elsewhere.example/health' }).end() },
      { code: 'server.redirected', says: /redirects are not followed/ },
    ],
    [
      'trouble',
      { 'GET /health': (_, response) => void response.writeHead(503).end('starting') },
      { code: 'server.lost', says: /HTTP 503.*starting/ },
    ],
    [
      'a key that is refused and quoted',
      { 'GET /health': (_, response) => void response.writeHead(401).end('{"error":"bad key key-of-work"}') },
      { code: 'server.unauthorized', says: /refuses the key it was given \(HTTP 401\)(?!.*key-of-work)/s },
    ],
  ])('is refused by %s, with what was said and what to do', async (_, routes, { code, says }) => {
    const server = await on(routes);
    const refused = await refusal(connectWork('botserver', { address: server.root }));
    expect(refused.code).toBe(code);
    expect(refused.text).toMatch(says);
    expect(refused.text).toMatch(/^The provider work \(botserver at http/);
  });

  it('sends nothing to another machine without consent', async () => {
    expect(await refusal(connectWork('botserver', { address: 'https://team.example' }))).toMatchObject({ code: 'server.remote_refused' });
  });

  it('needs an address', async () => {
    expect((await refusal(connectWork('botserver', {}))).text).toMatch(/^The provider work \(botserver\) needs an address/);
  });

  test.each([{ model: '../admin' }, { roleModels: ['a/b'] }])('asks nothing for the name of an agent that cannot be: %j', async (named) => {
    const server = await on();
    expect((await refusal(connectWork('botserver', { address: server.root, ...named }))).code).toBe('model.not_found');
    expect(server.calls).toEqual([]);
  });

  it('says where nothing listens', async () => {
    const server = await startFakeBotserver();
    await server[Symbol.asyncDispose]();
    expect((await refusal(connectWork('botserver', { address: server.root }))).text).toMatch(
      /cannot be reached \(nothing listens there\)\.\nSee whether the server is running/,
    );
  });
});
