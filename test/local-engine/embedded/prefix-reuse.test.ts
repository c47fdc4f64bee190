import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmbeddedServer, startEmbeddedServer } from '../../../src/local-engine/embedded/start-embedded-server.ts';
import { assistant, ChatClient, type Completion, firstStep, type Message, steps, user } from './chat-client.ts';

let server: RunningEmbeddedServer;
let client: ChatClient;

beforeAll(async () => {
  server = await startEmbeddedServer();
  client = new ChatClient(server.address);
});
afterAll(() => server.stop());

const reply = (completion: Completion) => completion.choices[0]?.message.content ?? '';

/** Four steps of a workflow, each of which sees everything before it. */
async function chain(options: Record<string, unknown>): Promise<{ completions: Completion[]; messages: Message[] }> {
  const completions: Completion[] = [];
  let messages = firstStep;
  for (const step of [undefined, ...steps.slice(1)]) {
    if (step !== undefined) messages = [...messages, user(step)];
    const completion = await client.chat({ messages, max_tokens: 700, ...options });
    completions.push(completion);
    messages = [...messages, assistant(reply(completion))];
  }
  return { completions, messages };
}

describe('what a slot has read', () => {
  it('is not read again: an append-only chain reads each token once', async () => {
    const { completions } = await chain({});
    for (const [index, { timings, usage }] of completions.entries()) {
      const before = completions[index - 1];
      if (before === undefined) continue;
      // The token that ended the reply was chosen but never read; it stands in the next prompt as the end of that turn.
      expect(timings.cache_n).toBe(before.usage.prompt_tokens + before.timings.predicted_n - 1);
      expect(timings.prompt_n).toBe(usage.prompt_tokens - timings.cache_n);
    }
    const last = completions.at(-1);
    const read = completions.reduce((sum, { timings }) => sum + timings.prompt_n, 0);
    const written = completions.slice(0, -1).reduce((sum, { timings }) => sum + timings.predicted_n - 1, 0);
    expect((completions[0]?.timings.cache_n ?? 0) + read).toBe((last?.usage.prompt_tokens ?? 0) - written);
  });

  it('does not change greedy replies', async () => {
    const kept = await chain({});
    const fresh = await chain({ cache_prompt: false });
    expect(fresh.completions.every(({ timings }) => timings.cache_n === 0)).toBe(true);
    expect(kept.messages).toEqual(fresh.messages);
  });

  it('is kept but for the last token when the same prompt comes again', async () => {
    const first = await client.chat({ messages: firstStep });
    const again = await client.chat({ messages: firstStep });
    expect(again.timings).toMatchObject({ cache_n: first.usage.prompt_tokens - 1, prompt_n: 1 });
    expect(reply(again)).toBe(reply(first));
  });

  it('is read again from the first difference on', async () => {
    const prompt = (word: string) => [user(`${'the same words '.repeat(50)}${word}`)];
    const first = await client.chat({ messages: prompt('apple'), max_tokens: 1 });
    const other = await client.chat({ messages: prompt('zebra'), max_tokens: 1 });
    expect(other.timings.cache_n).toBeGreaterThan(first.usage.prompt_tokens / 2);
    expect(other.timings.prompt_n).toBeLessThan(20);
  });

  it('is told while a prompt longer than one batch is read', async () => {
    const messages = [user('one two three four. '.repeat(150))];
    const processed: number[] = [];
    for await (const event of client.stream({ messages, max_tokens: 1, return_progress: true, cache_prompt: false })) {
      if (event !== '[DONE]' && event.prompt_progress !== undefined) processed.push(event.prompt_progress.processed);
    }
    expect(processed.length).toBeGreaterThan(2);
    expect(processed).toEqual(processed.toSorted((a, b) => a - b));
    expect(processed[1]).toBe(512);
  });
});
