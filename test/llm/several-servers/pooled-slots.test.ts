import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChatModel } from '../../../src/llm/chat-model.ts';
import { connectServer } from '../../../src/llm/connect-server.ts';
import { forkFiles } from '../../../src/llm/slots/fork-files.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { type FakeLlamaServer, startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { streamed } from '../model-on-fake.ts';
import { beginning, branch } from '../slots/connect-to-fake.ts';

async function connectToFakes(...options: FakeLlamaServerOptions[]) {
  const servers = await Promise.all(options.map((each) => startFakeLlamaServer({ reply: () => 'One two three.', ...each })));
  const measurings: number[] = [];
  const slotFolder = temporaryFolder();
  const connection = await connectServer({
    engine: 'server',
    servers: servers.map(({ address }) => ({ address, weight: 1 })),
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    circuitBreaker: { threshold: 5, timeoutMilliseconds: 60_000 },
    clock: instantClock(),
    random: () => 0,
    slotFolder,
    onMeasuring: () => measurings.push(1),
  });
  onTestFinished(async () => {
    await connection.close();
    await Promise.all(servers.map((server) => server.close()));
  });
  return { servers, connection, measurings, slotFolder };
}

const completions = (servers: FakeLlamaServer[]) =>
  servers.map(({ calls }) => calls.filter(({ path }) => path.endsWith('/completion')).length);
const { signal } = new AbortController();

describe('the slots of several servers', () => {
  it('are measured together, each server with what it has room for', async () => {
    const { servers, connection, measurings } = await connectToFakes({}, {}, {});
    const speed = await connection.slots?.speed(2, signal);
    expect(speed?.atOnce).toBe(2);
    const [first = 0, second = 0, third] = completions(servers);
    expect(second).toBeGreaterThan(0);
    expect(first).toBeGreaterThan(second);
    expect(third).toBe(0);
    await connection.slots?.speed(2, signal);
    expect([completions(servers), measurings]).toEqual([[first, second, 0], [1]]);
  });

  it('are measured without a server that is gone', async () => {
    const { servers, connection } = await connectToFakes({ slots: 2 }, {});
    await servers[0]?.kill();
    expect(await connection.slots?.speed(2, signal)).toBeUndefined();
    expect((await streamed(connection.model())).error).toMatchObject({ elsewhere: servers[1]?.address });
    expect(await connection.slots?.speed(2, signal)).toBeDefined();
  });

  it.each<[string, FakeLlamaServerOptions[], boolean]>([
    [
      'yes, where all of them can',
      [
        { slots: 2, savesSlots: 'yes' },
        { slots: 2, savesSlots: 'yes' },
      ],
      true,
    ],
    ['no, where one of them cannot', [{ slots: 2, savesSlots: 'yes' }, { slots: 2 }], false],
    ['no, where each has one', [{ savesSlots: 'yes' }, { savesSlots: 'yes' }], false],
  ])('are copied: %s', async (_, options, expected) => {
    const { connection } = await connectToFakes(...options);
    expect(await connection.slots?.canFork(signal)).toBe(expected);
  });

  it('are told of as idle together', async () => {
    const { connection } = await connectToFakes({ slots: 2 }, { slots: 1 });
    expect(await connection.slots?.idle(signal)).toHaveLength(3);
  });
});

describe('what branches share', () => {
  it('is read on the server that holds most of it and has a slot for each branch, and the branches are written there', async () => {
    const { servers, connection } = await connectToFakes({ slots: 1 }, { slots: 2, savesSlots: 'yes' }, { slots: 2, savesSlots: 'yes' });
    const model = connection.model() as Required<ChatModel>;
    const prepared = await model.prepare({ messages: beginning, last: 'beginning', branches: 2, signal });
    expect(prepared.copies).toBe('kept');
    expect(completions(servers)).toEqual([0, 1, 0]);
    await Promise.all(['one', 'two'].map((name) => streamed(model, { messages: branch(name) })));
    expect(servers.map(({ requests }) => requests.length)).toEqual([0, 2, 0]);
    expect(servers[1]?.requests.every(({ cacheTokens }) => (cacheTokens ?? 0) > 300)).toBe(true);
  });

  it('is read where most of the branches have room, if no server has room for all of them', async () => {
    const { servers, connection } = await connectToFakes({ slots: 1 }, { slots: 2, savesSlots: 'yes' });
    const model = connection.model() as Required<ChatModel>;
    expect((await model.prepare({ messages: beginning, last: 'beginning', branches: 3, signal })).copies).toBe('kept');
    await Promise.all(['one', 'two', 'three'].map((name) => streamed(model, { messages: branch(name) })));
    expect(servers.map(({ requests }) => requests.length)).toEqual([1, 2]);
    expect(servers[1]?.requests.every(({ cacheTokens }) => (cacheTokens ?? 0) > 300)).toBe(true);
  });

  it('leaves no copy behind at a server that died and came back', async () => {
    const { servers, connection, slotFolder } = await connectToFakes({ slots: 2, savesSlots: 'yes' }, {});
    const model = connection.model() as Required<ChatModel>;
    await model.prepare({ messages: beginning, last: 'beginning', branches: 2, signal });
    const asked = (server: FakeLlamaServer) => server.calls.filter(({ path }) => path === '/props').length;
    const [first] = servers as [FakeLlamaServer];
    for (const name of forkFiles(first.address)) writeFileSync(join(slotFolder, name), 'as the server would have saved it');
    await first.kill();
    const before = asked(first);
    expect((await streamed(model, { messages: branch('one') })).error).toMatchObject({ elsewhere: servers[1]?.address });
    await first.restart();
    await first.waitUntil((server) => asked(server) > before);
    await servers[1]?.kill();
    while ((await streamed(model, { messages: branch('one') })).error !== undefined) continue;
    await connection.close();
    expect(readdirSync(slotFolder)).toEqual([]);
  });

  it('is read nowhere where no server has room for the branches', async () => {
    const { servers, connection } = await connectToFakes({}, {});
    const model = connection.model() as Required<ChatModel>;
    expect(await model.prepare({ messages: beginning, last: 'beginning', branches: 2, signal })).toEqual({ usage: {}, copies: 'none' });
    expect(completions(servers)).toEqual([0, 0]);
  });
});
