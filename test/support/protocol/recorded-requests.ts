import { ask } from './checks/ask.ts';
import type { Json } from './protocol-client.ts';

/** The requests whose raw answers lie in test/fixtures/llama-server, by the name of the file. The server has one slot of 8192 tokens. */
export const recordedRequests: Readonly<Record<string, Json>> = {
  plain: { ...ask, stream: true },
  'progress-and-usage': { ...ask, stream: true, return_progress: true, cache_prompt: false, stream_options: { include_usage: true } },
  prefill: { messages: [...ask.messages, { role: 'assistant', content: 'One two' }], stream: true },
  overflow: { messages: [{ role: 'user', content: 'a b '.repeat(8192) }], stream: true },
  'bad-request': { stream: true },
  whole: { ...ask, stream: false },
};

/** Greedy and short, so that a recording changes only where the server does. */
export const recordedDefaults: Json = { temperature: 0, max_tokens: 6 };
