import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningEmbeddedServer, startEmbeddedServer } from '../../../src/local-engine/embedded/start-embedded-server.ts';
import { ChatClient, endless, firstStep, user } from './chat-client.ts';
import { patience } from '../../support/patience.ts';

let servers: RunningEmbeddedServer[];
let one: ChatClient;
let two: ChatClient;

beforeAll(async () => {
  servers = await Promise.all([startEmbeddedServer(), startEmbeddedServer({ parallel: 2, contextTokens: 2048 })]);
  [one, two] = servers.map(({ address }) => new ChatClient(address)) as [ChatClient, ChatClient];
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

interface Slot {
  is_processing: boolean;
  next_token?: { n_decoded: number }[];
}

const slots = async (client: ChatClient) => (await (await fetch(`${client.root}slots`)).json()) as Slot[];
const busySlots = async (client: ChatClient) => (await slots(client)).filter((slot) => slot.is_processing).length;

/** Starts a reply that would take minutes and returns when its first tokens are there. */
async function startEndless(client: ChatClient): Promise<{ hangUp: () => void; next: () => Promise<unknown> }> {
  const connection = new AbortController();
  const events = client.stream({ messages: endless, max_tokens: -1 }, connection.signal);
  for (let count = 0; count < 3; count += 1) await events.next();
  return { hangUp: () => connection.abort(), next: () => events.next() };
}

describe('an embedded server with one slot', () => {
  it('stops generating when the client goes away, and takes the next request', async () => {
    const reply = await startEndless(one);
    expect(await slots(one)).toMatchObject([{ is_processing: true, n_prompt_tokens: 10, next_token: [{ n_decoded: expect.any(Number) }] }]);
    reply.hangUp();
    await vi.waitFor(async () => expect(await busySlots(one)).toBe(0), { timeout: patience });
    expect((await one.chat({ messages: firstStep })).choices[0]?.finish_reason).toBe('length');
  });

  it('answers everyone who waits, and nobody before the slot is free', async () => {
    const reply = await startEndless(one);
    let answered = 0;
    const waiting = [1, 2, 3].map(async (number) => {
      const completion = await one.chat({ messages: [user(`request ${number}`)], max_tokens: 3 });
      answered += 1;
      return completion.usage.completion_tokens;
    });
    for (let count = 0; count < 20; count += 1) await reply.next();
    expect(answered).toBe(0);
    reply.hangUp();
    expect(await Promise.all(waiting)).toEqual([3, 3, 3]);
  });

  it('forgets a request whose client went away while it waited', async () => {
    const reply = await startEndless(one);
    const connection = new AbortController();
    const impatient = one.stream({ messages: endless, max_tokens: -1 }, connection.signal).next();
    const patient = one.chat({ messages: firstStep });
    await one.get('health');
    connection.abort();
    await expect(impatient).rejects.toThrow(/abort/i);
    reply.hangUp();
    expect((await patient).usage.completion_tokens).toBe(20);
    await vi.waitFor(async () => expect(await busySlots(one)).toBe(0), { timeout: patience });
  });
});

describe('an embedded server with two slots', () => {
  it('gives each the whole context', async () => {
    expect((await two.get('props')).body).toMatchObject({ total_slots: 2, default_generation_settings: { n_ctx: 2048 } });
  });

  it('works on two requests at the same time', async () => {
    const slow = await startEndless(two);
    // This one starts later and ends, while the other has still more to say.
    const quick = await two.chat({ messages: firstStep });
    expect(quick.usage.completion_tokens).toBe(20);
    expect(await busySlots(two)).toBe(1);
    expect(await slow.next()).toMatchObject({ done: false });
    slow.hangUp();
    await vi.waitFor(async () => expect(await busySlots(two)).toBe(0), { timeout: patience });
  });

  it('gives the same replies side by side as one after the other', async () => {
    const ask = (messages: typeof firstStep) => two.chat({ messages, max_tokens: 60, cache_prompt: false });
    const alone = [await ask(firstStep), await ask(endless)];
    const together = await Promise.all([ask(firstStep), ask(endless)]);
    expect(together.map(({ choices }) => choices)).toEqual(alone.map(({ choices }) => choices));
  });

  it('brings a conversation back to the slot that knows it', async () => {
    const known = [user('alpha beta gamma delta '.repeat(20))];
    const other = [user('one two three four '.repeat(20))];
    const first = await two.chat({ messages: known, max_tokens: 1 });
    await two.chat({ messages: other, max_tokens: 1 });
    const again = await two.chat({ messages: known, max_tokens: 1 });
    expect(again.timings.cache_n).toBe(first.usage.prompt_tokens - 1);
  });
});
