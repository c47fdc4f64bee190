import { readdirSync } from 'node:fs';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { connectServer } from '../../src/llm/connect-server.ts';
import type { ChatModel } from '../../src/llm/chat-model.ts';
import { forkFiles } from '../../src/llm/slots/fork-files.ts';
import { systemClock } from '../../src/utils/clock.ts';
import { beginning, branch } from '../llm/slots/connect-to-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLlamaServer, type StartLlamaServerOptions } from './start-llama-server.ts';
import { eventsOfType, teamOnLlama } from './team-on-llama.ts';

const requirement = 'A coupon store in Python. A coupon has a code and a discount.';
/** The message of a branch, with what the template puts around it. */
const own = 40;

async function start(options: Partial<StartLlamaServerOptions> = {}) {
  const slotFolder = temporaryFolder();
  const server = await startLlamaServer({ program: inject('llamaProgram'), slots: 2, slotTokens: 16_384, slotFolder, ...options });
  onTestFinished(() => server.stop());
  const connection = await connectServer({
    engine: 'server',
    address: server.address,
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    slotFolder,
    clock: systemClock,
  });
  onTestFinished(() => connection.close());
  return { address: server.address, slotFolder, connection, model: connection.model() as Required<ChatModel> };
}

async function readBy(model: ChatModel, name: string): Promise<number | undefined> {
  for await (const part of model.stream({ messages: branch(name), maxTokens: 80, sampling: { temperature: 0 } })) {
    if (part.type === 'end') return part.usage.readTokens;
  }
  return undefined;
}

describe('two branches of one beginning', () => {
  test.each([
    ['with slots of their own', []],
    ['with one pool for all slots, on default flags', ['-kvu']],
    ['with one pool and without a cache for idle slots', ['-kvu', '--cache-ram', '0']],
  ])('read only what is their own: %s', async (_, flags) => {
    const { model, connection, slotFolder } = await start({ flags });
    expect(await connection.slots?.canFork()).toBe(true);
    const { copies, usage } = await model.prepare({ messages: beginning, last: 'whole', branches: 2 });
    expect(copies).toBe('kept');
    expect(usage.readTokens).toBeGreaterThan(400);
    const read = await Promise.all([readBy(model, 'testing'), readBy(model, 'deployment')]);
    for (const tokens of read) expect(tokens).toBeLessThan(own);
    expect(readdirSync(slotFolder).every((name) => forkFiles(connection.server.address).includes(name))).toBe(true);
    await connection.close();
    expect(readdirSync(slotFolder)).toEqual([]);
  });

  test('are left to themselves where slots cannot be saved', async () => {
    const server = await startLlamaServer({ program: inject('llamaProgram'), slots: 2 });
    onTestFinished(() => server.stop());
    const connection = await connectServer({
      engine: 'server',
      address: server.address,
      remote: 'refused',
      timeoutMilliseconds: 60_000,
      clock: systemClock,
    });
    expect(await connection.slots?.canFork()).toBe(false);
    expect(await connection.model().prepare?.({ messages: beginning, last: 'whole', branches: 2 })).toEqual({ usage: {}, copies: 'none' });
  });
});

test('a prompt that was read ahead is read once, also where it was broken off', async () => {
  const { model, connection } = await start();
  const controller = new AbortController();
  const long = [
    ...branch('testing').slice(0, 1),
    { ...branch('testing')[1], content: [{ type: 'text', text: 'Keep it in mind. '.repeat(1800) }] },
  ] as ReturnType<typeof branch>;
  const broken = model.prepare({ messages: long, last: 'whole', branches: 1, signal: controller.signal });
  controller.abort();
  await broken;
  await connection.slots?.settled();
  const { usage } = await model.prepare({ messages: branch('testing'), last: 'whole', branches: 1 });
  expect(usage.readTokens).toBeGreaterThan(400);
  expect(await readBy(model, 'testing')).toBe(1);
});

test('it is measured whether several at once are faster', async () => {
  const { connection } = await start();
  const speed = await connection.slots?.speed(2, new AbortController().signal);
  for (const measured of [speed?.read, speed?.alone, speed?.together]) expect(measured).toBeGreaterThan(1);
});

test.each([
  ['one slot', { slots: 1, copies: 'not_offered', atOnce: 1 }],
  ['two slots that can be copied', { slots: 2, copies: 'offered', atOnce: 2 }],
  ['two slots that cannot', { slots: 2, copies: 'not_offered', atOnce: 2 }],
] as const)('a run on %s reads no more than 1.05 times the least possible', async (_, { slots, copies, atOnce }) => {
  const saving = copies === 'offered' ? { slotFolder: temporaryFolder() } : {};
  const server = await startLlamaServer({ program: inject('llamaProgram'), slots, slotTokens: 16_384, ...saving });
  onTestFinished(() => server.stop());
  const { engine, events } = teamOnLlama({ address: server.address, settings: { max_concurrent_agents: atOnce, llm_temperature: 0 } });
  const { status, ledger, transcript } = await engine.executeWorkflow('feature_development', requirement);
  expect([status, transcript.turns]).toEqual(['completed', atOnce === 1 ? 'linear' : 'graph']);
  expect((ledger.run.tokens_read ?? Number.NaN) / (ledger.run.tokens_ideal ?? Number.NaN)).toBeLessThanOrEqual(1.05);
  expect(eventsOfType(events, 'prompt_cache.prepared')).toHaveLength(copies === 'offered' ? 1 : 0);
});
