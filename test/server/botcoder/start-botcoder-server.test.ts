import { once } from 'node:events';
import { request } from 'node:http';
import { connect, Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import type { AgentAnswer } from '../../../src/operations/answer-query.ts';
import { type BotcoderNews, type BotcoderServerOptions, startBotcoderServer } from '../../../src/server/botcoder/start-botcoder-server.ts';
import { ModelError } from '../../../src/llm/model-error.ts';

const answered: AgentAnswer = { output: 'Done.', exitCode: 0, finishReason: 'stop', run: 'r1', role: 'developer', usage: {} };

async function serving(options: Partial<BotcoderServerOptions> = {}) {
  const news: BotcoderNews[] = [];
  const server = await startBotcoderServer({
    host: '127.0.0.1',
    port: 0,
    most: 1,
    answer: () => Promise.resolve(answered),
    onNews: (one) => news.push(one),
    ...options,
  });
  onTestFinished(() => server.close(new Error('the test is over')));
  return { server, news };
}

const ask = (address: string, { query = 'Hello?', signal }: { query?: string; signal?: AbortSignal } = {}) =>
  fetch(`${address}/api/botcoder/builder/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal === undefined ? {} : { signal }),
  });

/** With headers that `fetch` does not let anybody choose. */
function statusWith(address: string, headers: Record<string, string>, path = '/health'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(address, { headers, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** A connection on which a part of a question has arrived. */
async function halfAsking(address: string): Promise<Socket> {
  const { port, host } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  const head = ['POST /api/botcoder/builder/query HTTP/1.1', `host: ${host}`, 'content-type: application/json', 'content-length: 100'];
  // The server says that it reads.
  socket.write(`${[...head, 'expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  socket.write('{"query');
  return socket;
}

describe('the server for questions to agents', () => {
  test.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org', 'localhost/x', ''])(
    'does not listen at %j, which is not an address of this machine alone',
    async (host) => {
      await expect(serving({ host })).rejects.toMatchObject({ code: 'serve.not_local', category: 'usage' });
    },
  );

  it('says which port is taken', async () => {
    const { server } = await serving();
    const port = Number(new URL(server.address).port);
    await expect(serving({ port })).rejects.toMatchObject({
      code: 'serve.port_taken',
      message: `The port ${port} is taken by another program.`,
      hint: expect.stringContaining('--port'),
    });
  });

  it('says why nothing can listen there, and which port to take instead', async () => {
    const listening = vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
      this.emit('error', Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' }));
      return this;
    });
    onTestFinished(() => listening.mockRestore());
    await expect(serving({ port: 80 })).rejects.toMatchObject({
      code: 'serve.no_listening',
      category: 'usage',
      message: 'Nothing can listen at 127.0.0.1, port 80: listen EACCES: permission denied.',
      hint: expect.stringContaining('--port'),
    });
  });

  it('answers only to its own name, so that no name that somebody else owns leads to it', async () => {
    const { server } = await serving();
    const { port } = new URL(server.address);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`])
      expect(await statusWith(server.address, { host })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port}.evil.example`, '127.0.0.1:1'])
      expect(await statusWith(server.address, { host })).toBe(421);
  });

  test.each<Record<string, string>>([{ origin: 'null' }, { origin: 'http://localhost' }, { 'sec-fetch-site': 'same-origin' }])(
    'refuses what a page in a browser sends: %j',
    async (headers) => {
      const { server } = await serving();
      expect(await statusWith(server.address, headers)).toBe(403);
    },
  );

  it('gives no page the right to read its answers', async () => {
    const { server } = await serving();
    const { headers } = await ask(server.address);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('reads no question that is too large, and asks nobody with it', async () => {
    let asked = 0;
    const { server } = await serving({ answer: () => ((asked += 1), Promise.resolve(answered)) });
    // The connection is closed while the client still sends, which it may notice first.
    const status = await ask(server.address, { query: 'a'.repeat(9 * 1024 * 1024) }).then(
      (answer) => answer.status,
      () => 413,
    );
    expect([status, asked]).toEqual([413, 0]);
    expect((await ask(server.address)).status).toBe(200);
  });

  it('survives what is no HTTP', async () => {
    const { server } = await serving();
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(server.address).port), '127.0.0.1', () => socket.write('\u0000\u0001 nonsense\r\n\r\n'));
      socket.on('error', () => undefined).on('close', () => resolve());
      socket.resume();
    });
    expect((await ask(server.address)).status).toBe(200);
  });

  it('answers as many at once as it may, in the order in which they came', async () => {
    const gates: (() => void)[] = [];
    const asked: string[] = [];
    let most = 0;
    let now = 0;
    const { server } = await serving({
      most: 2,
      answer: async ({ query }) => {
        asked.push(query);
        most = Math.max(most, (now += 1));
        await new Promise<void>((resolve) => gates.push(resolve));
        now -= 1;
        return answered;
      },
    });
    const answers: Promise<Response>[] = [];
    for (const query of ['one', 'two', 'three', 'four']) {
      answers.push(ask(server.address, { query }));
      const arrived = answers.length;
      await expect
        .poll(
          async () => {
            const { at_work, waiting } = (await (await fetch(`${server.address}/health`)).json()) as { at_work: number; waiting: number };
            return at_work + waiting;
          },
          { timeout: 20_000 },
        )
        .toBe(arrived);
    }
    for (let done = 0; done < 4; done += 1) {
      await expect.poll(() => gates.length, { timeout: 20_000 }).toBeGreaterThan(done);
      gates[done]?.();
    }
    await Promise.all(answers);
    expect([asked, most]).toEqual([['one', 'two', 'three', 'four'], 2]);
  });

  it('ends the work for whoever hangs up, and goes on with the next', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const reasons: unknown[] = [];
    const { server, news } = await serving({
      answer: ({ query }, signal) =>
        query === 'next'
          ? Promise.resolve(answered)
          : new Promise((_, reject) => {
              begin();
              signal.addEventListener('abort', () => {
                reasons.push(signal.reason);
                reject(signal.reason as Error);
              });
            }),
    });
    const leaving = new AbortController();
    const left = ask(server.address, { signal: leaving.signal });
    await begun;
    const next = ask(server.address, { query: 'next' });
    leaving.abort();
    await expect(left).rejects.toThrow('aborted');
    expect((await next).status).toBe(200);
    expect(reasons).toMatchObject([{ code: 'run.cancelled' }]);
    expect(news.map(({ type }) => type)).toContain('left');
  });

  it('ends what is under way when it closes, tells whoever asked, and listens no more', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { server } = await serving({
      answer: (_, signal) =>
        new Promise((_resolve, reject) => {
          begin();
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const asking = ask(server.address);
    await begun;
    await server.close(
      new ModelError({ kind: 'refused', category: 'stopped', code: 'run.interrupted', message: 'The server was stopped.' }),
    );
    const answer = await asking;
    expect([answer.status, await answer.json()]).toEqual([503, { error: { code: 'run.interrupted', message: 'The server was stopped.' } }]);
    await expect(ask(server.address)).rejects.toThrow('fetch failed');
  });

  it('closes while somebody is still asking', async () => {
    const { server } = await serving();
    const socket = await halfAsking(server.address);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await expect(server.close(new Error('stopped'))).resolves.toBeUndefined();
    await closed;
  });

  it('takes nobody for a fault who hangs up while asking', async () => {
    const { server, news } = await serving();
    (await halfAsking(server.address)).destroy();
    expect((await ask(server.address)).status).toBe(200);
    await server.close(new Error('stopped'));
    expect(news.map(({ type }) => type)).toEqual(['asked', 'answered']);
  });

  it('has nothing at what is no address', async () => {
    const { server, news } = await serving();
    expect(await statusWith(server.address, {}, 'http://[')).toBe(404);
    expect(news).toMatchObject([{ type: 'refused', status: 404 }]);
  });

  test.each<[string, Error, number, string]>([
    [
      'no model',
      new ModelError({ kind: 'transient', code: 'server.not_found', message: 'No model server.', hint: 'Start one.' }),
      503,
      'server.not_found',
    ],
    ['a fault of the program, without its words', new TypeError('secret of this machine'), 500, 'server.fault'],
  ])('says as JSON why there is no answer: %s', async (_, error, status, code) => {
    const { server, news } = await serving({ answer: () => Promise.reject(error) });
    const answer = await ask(server.address);
    const text = await answer.text();
    expect([answer.status, (JSON.parse(text) as { error: { code: string } }).error.code]).toEqual([status, code]);
    expect(text).not.toContain('secret');
    expect(news.at(-1)).toMatchObject({ type: 'refused', status, error });
  });

  it('tells a question that is too long by the name that clients know, so that they can shorten it', async () => {
    const error = { code: 'model.overflow', message: 'The requirement takes 9000 tokens, and the context has 4096.' };
    const { server } = await serving({ answer: () => Promise.resolve({ ...answered, exitCode: 1, error }) });
    const answer = await ask(server.address);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { code: 'context_length_exceeded', message: error.message } },
    ]);
  });
});
