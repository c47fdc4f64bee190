import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chat, eventsOf, post, start, system, textOf, transcript, user, type Message } from './chat-client.ts';
import type { FakeLlamaServer } from './start-fake-llama-server.ts';

describe('the accounting', () => {
  async function chain(server: FakeLlamaServer, preamble: (step: number) => string): Promise<void> {
    const turns: Message[] = [user];
    for (let step = 0; step < 5; step += 1) {
      const content = textOf(await chat(server, [{ role: 'system', content: preamble(step) }, ...turns]));
      turns.push({ role: 'assistant', content }, { role: 'user', content: `# Step ${step + 2} of 6: testing\nGo on.` });
    }
  }

  test('an append-only chain reads each token once', async () => {
    await using server = await start();
    await chain(server, () => 'You are a team.');
    const { totals, requests } = server.accounting();
    expect(totals.readTokens).toBe(totals.newTokens);
    for (const [index, request] of requests.entries()) {
      const before = requests[index - 1];
      // Everything before is held but the token that ended the reply.
      expect(request.cacheTokens).toBe(before === undefined ? 0 : before.promptTokens + before.replyTokens - 1);
      expect(request.cacheTokens + request.readTokens).toBe(request.promptTokens);
    }
  });

  test('a changed first message reads everything after it again', async () => {
    await using server = await start();
    await chain(server, (step) => `${step}: you are a team.`);
    for (const request of server.requests) expect(request.cacheTokens).toBeLessThan(5);
  });

  test('what another slot has read is read again, and is not new', async () => {
    await using server = await start({ slots: 2 });
    await chat(server, transcript, { id_slot: 0 });
    await chat(server, transcript, { id_slot: 1 });
    const [first, second] = server.requests;
    expect(second).toMatchObject({ slot: 1, cacheTokens: 0, readTokens: first?.promptTokens, newTokens: 0 });
  });

  test('a saved slot that is restored into another forks its prefix', async () => {
    await using server = await start({ slots: 2, savesSlots: 'yes' });
    await chat(server, transcript, { id_slot: 0 });
    const saved = await post(server, '/slots/0?action=save', { filename: 'a.bin' });
    expect(await saved.json()).toMatchObject({ id_slot: 0, n_saved: (server.requests[0]?.promptTokens ?? 0) + 6 });
    await post(server, '/slots/1?action=restore', { filename: 'a.bin' });
    await chat(server, transcript, { id_slot: 1 });
    expect(server.requests[1]).toMatchObject({ slot: 1, readTokens: 1 });
  });

  test('a prompt goes to the slot that holds most of it, another one to the slot unused for longest', async () => {
    await using server = await start({ slots: 2 });
    const other = [{ role: 'user', content: 'Something else entirely, in many other words than those before.' }];
    for (const messages of [transcript, other, transcript, other]) await chat(server, messages);
    expect(server.requests.map(({ slot }) => slot)).toEqual([1, 0, 1, 0]);
    expect(server.requests.map(({ readTokens }) => readTokens).slice(2)).toEqual([1, 1]);
  });

  test('more requests than slots wait in line', async () => {
    await using server = await start({ slots: 2, pace: 'manual' });
    const replies = [1, 2, 3].map(async (number) => await chat(server, [{ role: 'user', content: `Question ${number}` }]));
    await server.gate.waiting(2);
    expect(server.requests.filter(({ started }) => started !== undefined)).toHaveLength(2);
    server.gate.open();
    await Promise.all(replies);
    const [first, second, third] = server.requests;
    const firstEnd = Math.min(first?.ended?.order ?? 0, second?.ended?.order ?? 0);
    expect(third?.started?.order).toBeGreaterThan(firstEnd);
    expect(server.accounting().totals.mostAtOnce).toBe(2);
  });

  test('a client that leaves frees the slot for the next, and is recorded', async () => {
    await using server = await start({ pace: 'manual' });
    const controller = new AbortController();
    const left = post(server, '/v1/chat/completions', { messages: transcript, stream: true }, controller.signal);
    await server.gate.waiting();
    server.gate.release(2);
    await server.gate.waiting();
    const next = chat(server, transcript);
    await server.waitForRequest(1);
    await left;
    controller.abort();
    const record = await server.waitForEnd(0);
    expect(record).toMatchObject({ outcome: 'aborted', replyTokens: 2 });
    server.gate.open();
    expect(textOf(await next)).toBe('One two three.');
    expect(server.requests[1]).toMatchObject({ outcome: 'finished', slot: 0 });
  });

  test('a client that leaves the line never gets a slot', async () => {
    await using server = await start({ pace: 'manual' });
    const first = chat(server, transcript);
    await server.gate.waiting();
    const controller = new AbortController();
    const left = post(server, '/v1/chat/completions', { messages: transcript }, controller.signal);
    await server.waitForRequest(1);
    controller.abort();
    await expect(left).rejects.toThrow('aborted');
    expect(await server.waitForEnd(1)).toMatchObject({ outcome: 'aborted', slot: undefined, readTokens: 0 });
    server.gate.open();
    expect(textOf(await first)).toBe('One two three.');
  });

  test('paces by the clock where asked to', async () => {
    await using server = await start({ pace: 2, promptPace: 1 });
    await chat(server, transcript);
    const record = await server.waitForEnd(0);
    // Timers may fire a millisecond early each.
    expect((record.ended?.time ?? 0) - (record.firstToken?.time ?? 0)).toBeGreaterThan(6);
    expect((record.firstToken?.time ?? 0) - (record.started?.time ?? 0)).toBeGreaterThan(record.promptTokens * 0.9);
  });

  test('adds up for any conversations on any number of slots', async () => {
    const conversation = fc.array(fc.constantFrom('go on', 'again please', 'why'), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(conversation, { minLength: 1, maxLength: 6 }),
        async (slots, conversations) => {
          await using server = await start({ slots });
          for (const turns of conversations) await chat(server, [system, { role: 'user', content: turns.join(' ') }]);
          for (const { promptTokens, cacheTokens, readTokens, newTokens } of server.requests) {
            expect(cacheTokens + readTokens).toBe(promptTokens);
            expect(newTokens).toBeLessThanOrEqual(readTokens);
          }
          // A conversation that was held before has nothing new.
          const said = conversations.map((turns) => turns.join(' '));
          for (const [index, { newTokens }] of server.requests.entries()) {
            expect(newTokens === 0).toBe(said.slice(0, index).includes(said[index] ?? ''));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('knows the step that a request asks for, also in a corrective turn', async () => {
    await using server = await start();
    await chat(server, [...transcript, { role: 'assistant', content: '' }, { role: 'user', content: 'That was empty.' }]);
    expect(server.requests[0]).toMatchObject({ taskType: 'requirements_analysis', step: 1 });
  });
});

describe('overflow', () => {
  test('a prompt that does not fit its slot is a 400 with both counts', async () => {
    await using server = await start({ contextTokens: 40, slots: 2 });
    const response = await post(server, '/v1/chat/completions', { messages: transcript, stream: true });
    const tokens = server.requests[0]?.promptTokens;
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'exceed_context_size_error', n_prompt_tokens: tokens, n_ctx: 20 } });
    expect(server.requests[0]?.outcome).toBe('overflow');
  });

  test('a reply that reaches the end of the slot is cut', async () => {
    const reply = 'word '.repeat(200);
    await using server = await start({ contextTokens: 100, reply: () => reply });
    await chat(server, transcript);
    const [record] = server.requests;
    expect(record?.finishReason).toBe('length');
    expect((record?.promptTokens ?? 0) + (record?.replyTokens ?? 0)).toBe(100);
  });

  test('requests that outgrow a shared pool both fail in mid-stream', async () => {
    await using server = await start({ contextTokens: 200, slots: 2, pool: 'unified', reply: () => 'word '.repeat(100), pace: 'manual' });
    const bodies = [1, 2].map(async (number) => await chat(server, [{ role: 'user', content: `Question ${number}` }]));
    await server.gate.waiting(2);
    server.gate.open();
    for (const body of await Promise.all(bodies)) {
      expect(eventsOf(body).at(-1)?.error).toEqual({ code: 500, message: 'Context size has been exceeded.', type: 'server_error' });
      expect(body).not.toContain('[DONE]');
    }
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['overflow', 'overflow']);
  });
});
