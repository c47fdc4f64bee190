import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectServer } from '../../../src/llm/connect-server.ts';
import type { ConnectServerOptions, ModelConnection } from '../../../src/llm/model-connection.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { type FakeLlamaServer, startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { message, streamed } from '../model-on-fake.ts';
import { startWebServer } from '../web-server.ts';

async function fakes(...options: FakeLlamaServerOptions[]): Promise<FakeLlamaServer[]> {
  const servers = await Promise.all(options.map((each) => startFakeLlamaServer(each)));
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.close()))));
  return servers;
}

interface Connected {
  connection: ModelConnection;
  notices: string[];
}

async function connected(
  addresses: (string | { address: string; weight: number })[],
  options: Partial<ConnectServerOptions> = {},
): Promise<Connected> {
  const notices: string[] = [];
  const connection = await connectServer({
    servers: addresses.map((each) => (typeof each === 'string' ? { address: each, weight: 1 } : each)),
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    circuitBreaker: { threshold: 5, timeoutMilliseconds: 60_000 },
    clock: instantClock(),
    random: () => 0,
    onNotice: (text) => notices.push(text),
    ...options,
  });
  onTestFinished(() => connection.close());
  return { connection, notices };
}

const asked = (servers: FakeLlamaServer[]) => servers.map(({ requests }) => requests.length);

describe('several servers as one', () => {
  it('can do together what they can do, and count on the smallest context', async () => {
    const [a, b] = await fakes({ slots: 2, contextTokens: 32_768 }, { slots: 1, contextTokens: 8192 });
    const { connection, notices } = await connected([a!.address, b!.address]);
    expect(connection.server).toMatchObject({ address: a!.address, slots: 3, contextTokens: 8192, models: ['fake-model'] });
    expect(connection.servers?.map(({ address }) => address)).toEqual([a!.address, b!.address]);
    expect(notices).toEqual(['The contexts of the model servers differ: the smallest, of 8192 tokens, counts for all of them.']);
  });

  it('keeps a conversation on one server, and begins another by the weights', async () => {
    const servers = await fakes({}, {});
    const points = [0.9, 0.1];
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { random: () => points.shift() ?? 0 },
    );
    const model = connection.model();
    const first = [message('user', `Design it. ${'Well. '.repeat(50)}`)];
    await streamed(model, { messages: first });
    for (let turn = 0; turn < 3; turn += 1) {
      first.push(message('assistant', 'Done.'), message('user', `And then ${turn}?`));
      await streamed(model, { messages: [...first] });
    }
    expect(asked(servers)).toEqual([0, 4]);
    await streamed(model, { messages: [message('user', 'Something else.')] });
    expect(asked(servers)).toEqual([1, 4]);
    expect(model.held?.(first)).toBeGreaterThan(300);
  });

  it('says where a call went, and counts on whichever server can', async () => {
    const servers = await fakes({ countsTokens: 'no' }, {});
    const { connection } = await connected(servers.map(({ address }) => address));
    const { parts } = await streamed(connection.model());
    expect(parts[0]).toEqual({ type: 'sent', server: servers[0]?.address });
    expect(await connection.model().countTokens([message('user', 'How long?')])).toBeGreaterThan(0);
  });

  it.each([
    { name: 'breaks in mid-reply', fault: { kind: 'break', afterChunks: 1 } },
    { name: 'refuses connections', fault: { kind: 'refuse' } },
    { name: 'answers with an error', fault: { kind: 'status', status: 500 } },
    { name: 'wants another key', fault: { kind: 'status', status: 401 } },
    { name: 'has lost the model', fault: { kind: 'status', status: 404 } },
    { name: 'falls silent', fault: { kind: 'silence', afterChunks: 1 } },
  ] as const)('a server that $name is left for another, which is named', async ({ fault }) => {
    const servers = await fakes({ faults: [{ when: 0, fault }] }, {});
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { timeoutMilliseconds: 300 },
    );
    const lost = await streamed(connection.model());
    expect(lost.error).toMatchObject({ elsewhere: servers[1]?.address, message: expect.stringMatching(/Another server goes on\.$/) });
    expect(String(lost.error)).toContain(servers[0]?.address);
    expect((await streamed(connection.model())).error).toBeUndefined();
    expect(servers[1]?.requests).toHaveLength(1);
  });

  it.each([
    { name: 'an overflow', fault: { kind: 'error_event', afterChunks: 0, status: 400, type: 'exceed_context_size_error' } },
    { name: 'a request that is refused', fault: { kind: 'status', status: 400 } },
  ] as const)('$name is not taken elsewhere: it would be the same there', async ({ fault }) => {
    const servers = await fakes({ faults: [{ when: 0, fault }] }, {});
    const { connection } = await connected(servers.map(({ address }) => address));
    expect((await streamed(connection.model())).error).toMatchObject({ elsewhere: undefined });
  });

  it('a server that dies between two calls is noticed before it is asked', async () => {
    const servers = await fakes({}, {});
    const clock = instantClock();
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { clock },
    );
    await streamed(connection.model());
    await servers[0]?.kill();
    await clock.sleep(60_000);
    expect((await streamed(connection.model())).error).toBeUndefined();
    expect(asked(servers)).toEqual([1, 1]);
  });

  it('a server that answers again is used again', async () => {
    const servers = await fakes({}, {});
    const { connection } = await connected(servers.map(({ address }) => address));
    await servers[0]?.kill();
    expect((await streamed(connection.model())).error).toMatchObject({ elsewhere: servers[1]?.address });
    await servers[0]?.restart();
    await servers[0]?.waitUntil(({ calls }) => calls.some(({ path }) => path === '/props'));
    await servers[1]?.kill();
    let last = await streamed(connection.model());
    // Until its death is noticed the second one may be asked once more.
    if (last.error !== undefined) last = await streamed(connection.model());
    expect(last.error).toBeUndefined();
    expect(servers[0]?.requests).toHaveLength(1);
  });

  it('a server that failed is not believed for what it goes on to write of an earlier call', async () => {
    const servers = await fakes({ slots: 2, pace: 'manual', faults: [{ when: 1, fault: { kind: 'status', status: 500 } }] }, {});
    // Nobody looks after the server before the test is over.
    const clock = {
      ...instantClock(),
      sleep: (_: number, signal?: AbortSignal) =>
        once(signal ?? new AbortController().signal, 'abort').then(() => signal?.throwIfAborted()),
    };
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { clock },
    );
    const model = connection.model();
    const early = streamed(model, { messages: [message('user', 'An early one.')] });
    await servers[0]?.gate.waiting();
    expect((await streamed(model)).error).toMatchObject({ elsewhere: servers[1]?.address });
    servers[0]?.gate.open();
    expect((await early).error).toBeUndefined();
    expect((await streamed(model)).error).toBeUndefined();
    expect(asked(servers)).toEqual([2, 1]);
  });

  it('is not handed round where every server fails', async () => {
    const servers = await fakes(
      { faults: [{ when: () => true, fault: { kind: 'status', status: 500 } }] },
      { faults: [{ when: () => true, fault: { kind: 'status', status: 500 } }] },
    );
    const { connection } = await connected(servers.map(({ address }) => address));
    const first = await streamed(connection.model());
    const second = await streamed(connection.model());
    expect(first.error).toMatchObject({ elsewhere: expect.any(String) });
    expect(second.error).toMatchObject({ elsewhere: undefined, kind: 'transient' });
  });

  it('with all servers dead, a call waits for the health of whichever comes back first', async () => {
    const servers = await fakes({}, {});
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { circuitBreaker: { threshold: 1, timeoutMilliseconds: 2_000_000 } },
    );
    for (const server of servers) await server.kill();
    await streamed(connection.model());
    await streamed(connection.model());
    const waiting = streamed(connection.model());
    await servers[1]?.restart();
    const { error, parts } = await waiting;
    expect(error).toBeUndefined();
    expect(parts.slice(0, 1)).toEqual([{ type: 'sent', server: servers[1]?.address }]);
  });

  it('a server that does not have the model is not used, and it is said', async () => {
    const servers = await fakes({ model: 'coder' }, { model: 'writer' });
    const { connection, notices } = await connected(servers.map(({ address }) => address));
    for (let call = 0; call < 4; call += 1) await streamed(connection.model());
    expect(asked(servers)).toEqual([4, 0]);
    expect(notices).toEqual([`The model server at ${servers[1]?.address} is not used: it has writer and not coder.`]);
    await expect(
      connected(
        servers.map(({ address }) => address),
        { model: 'third' },
      ),
    ).rejects.toMatchObject({
      code: 'model.not_found',
      message: expect.stringMatching(/coder.*writer/),
    });
  });

  it('a role that has a model of its own is served where that model is', async () => {
    const servers = await fakes({ model: 'coder' }, { model: 'writer' });
    const { connection, notices } = await connected(
      servers.map(({ address }) => address),
      { roleModels: ['writer'] },
    );
    await streamed(connection.model('writer'));
    await streamed(connection.model());
    expect(asked(servers)).toEqual([1, 1]);
    expect(notices).toEqual([]);
    expect((await streamed(connection.model('third'))).error).toMatchObject({ code: 'model.not_found' });
  });

  it('begins with the servers that are ready, and says which are not', async () => {
    const servers = await fakes({}, {}, { state: 'loading' });
    await servers[0]?.kill();
    const { connection, notices } = await connected(servers.map(({ address }) => address));
    expect(connection.server.address).toBe(servers[1]?.address);
    expect(notices).toEqual([
      `The model server at ${servers[0]?.address} is not used: nothing listens there. It will be used when it answers.`,
      `The model server at ${servers[2]?.address} is not used: it is still loading its model. It will be used when it answers.`,
    ]);
  });

  it('one that answers later joins, unless its context is too small for what was planned', async () => {
    const servers = await fakes({ contextTokens: 8192 }, { contextTokens: 16_384 }, { contextTokens: 4096 });
    await servers[1]?.kill();
    await servers[2]?.kill();
    const notices = new Set<string>();
    const told = Promise.withResolvers<void>();
    const { connection } = await connected(
      servers.map(({ address }) => address),
      { onNotice: (text) => (notices.add(text), notices.size === 4 && told.resolve()) },
    );
    await servers[1]?.restart();
    await servers[2]?.restart();
    await told.promise;
    expect([...notices]).toEqual(
      expect.arrayContaining([
        `The model server at ${servers[1]?.address} answers and is used.`,
        `The model server at ${servers[2]?.address} is not used: its context of 4096 tokens is smaller than the 8192 that the work was planned for.`,
      ]),
    );
    await servers[0]?.kill();
    await streamed(connection.model());
    expect((await streamed(connection.model())).error).toBeUndefined();
    expect(asked(servers)).toEqual([0, expect.any(Number), 0]);
  });

  it.each([
    {
      name: 'none answers',
      addresses: ['http://127.0.0.1:1', 'http://127.0.0.1:2'],
      code: 'server.not_found',
      message: /127\.0\.0\.1:1.*127\.0\.0\.1:2/,
    },
    {
      name: 'one is on another machine',
      addresses: ['http://127.0.0.1:1', 'http://10.0.0.1:8080'],
      code: 'server.remote_refused',
      message: /10\.0\.0\.1/,
    },
    { name: 'one is no address', addresses: ['http://127.0.0.1:1', 'http://'], code: 'server.bad_address', message: /no|not/ },
    { name: 'one stands twice', addresses: ['http://127.0.0.1:1', 'http://127.0.0.1:1/v1/'], code: 'server.bad_address', message: /twice/ },
  ])('is refused where $name', async ({ addresses, code, message }) => {
    await expect(connected(addresses)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('follows no server that sends requests on to another address', async () => {
    const [safe] = await fakes({});
    const [target] = await fakes({});
    let mode: 'forward' | 'redirect' = 'forward';
    await using web = await startWebServer((request, response) => {
      if (mode === 'redirect') response.writeHead(307, { location: `${target?.origin}${request.url}` }).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: [{ id: 'fake-model' }] }));
    });
    const { connection } = await connected([web.address, safe!.address]);
    mode = 'redirect';
    expect((await streamed(connection.model())).error).toMatchObject({ code: 'server.redirected', elsewhere: safe!.address });
    expect((await streamed(connection.model())).error).toBeUndefined();
    expect(target?.calls).toEqual([]);
  });
});
