import { describe, expect, it, onTestFinished } from 'vitest';
import { connectServer } from '../../../src/llm/connect-server.ts';
import { type ReplyUpdate, writeReply } from '../../../src/llm/reply/write-reply.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { message, question } from '../model-on-fake.ts';

const text = 'One two three four five six seven eight nine ten.';

/** Has a reply written on two servers, the first of which gets it. */
async function replyOn(first: FakeLlamaServerOptions, second: FakeLlamaServerOptions, retries: number) {
  const servers = [
    await startFakeLlamaServer({ reply: () => text, ...first }),
    await startFakeLlamaServer({ reply: () => text, ...second }),
  ];
  const connection = await connectServer({
    engine: 'server',
    servers: servers.map(({ address }) => ({ address, weight: 1 })),
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
    random: () => 0,
  });
  onTestFinished(async () => {
    await connection.close();
    for (const server of servers) await server.close();
  });
  const updates: ReplyUpdate[] = [];
  const clock = instantClock();
  const written = writeReply({
    model: connection.model(),
    messagesFor: (saved) => (saved === '' ? question : [...question, message('assistant', saved)]),
    sampling: {},
    retries,
    retryDelayMilliseconds: 5000,
    clock,
    onUpdate: (update) => void updates.push(update),
  });
  const outcome = await written.then(
    (reply) => ({ reply, error: undefined }),
    (error: unknown) => ({ reply: undefined, error }),
  );
  return { ...outcome, servers, updates, slept: clock.slept };
}

describe('a reply that one server loses', () => {
  it.each(['echoed', 'continued', 'refused'] as const)(
    'is finished by another from its saved text, without a wait and without a retry, where a beginning is %s there',
    async (prefill) => {
      const { reply, servers, updates, slept } = await replyOn(
        { faults: [{ when: 0, fault: { kind: 'break', afterChunks: 4 } }] },
        { prefill },
        0,
      );
      expect(reply?.text).toBe(text);
      expect(slept).toEqual([]);
      expect(updates.flatMap((update) => (update.type === 'text' ? [update.text] : [])).join('')).toBe(text);
      expect(updates.flatMap((update) => (update.type === 'call_sent' ? [update.server] : []))[0]).toBe(servers[0]?.address);
      expect(servers[0]?.requests).toHaveLength(1);
      expect(JSON.stringify(servers[1]?.requests[0]?.body['messages'])).toContain(JSON.stringify('One two').slice(1, -1));
    },
  );

  it('is given up where the other one fails, too, and no retry is allowed', async () => {
    const always = { faults: [{ when: () => true, fault: { kind: 'refuse' } }] } as const;
    const { error, servers } = await replyOn(always, always, 0);
    expect(error).toMatchObject({ kind: 'transient', elsewhere: undefined });
    expect(servers.map(({ requests }) => requests.length)).toEqual([1, 1]);
  });
});
