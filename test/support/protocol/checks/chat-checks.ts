import type { ProtocolCheck } from '../protocol-check.ts';
import { at } from '../protocol-client.ts';
import { keysOf, kindsOf } from '../stream-shape.ts';
import { ask, wholeText } from './ask.ts';

const timingKeys = [
  'cache_n',
  'predicted_ms',
  'predicted_n',
  'predicted_per_second',
  'predicted_per_token_ms',
  'prompt_ms',
  'prompt_n',
  'prompt_per_second',
  'prompt_per_token_ms',
];

export const chatChecks: ProtocolCheck[] = [
  {
    name: 'chat',
    promise: 'a reply that is not streamed is one JSON object with usage and timings',
    observe: async (client) => keysOf((await client.chat(ask)).body),
    expected: [
      'choices[].finish_reason',
      'choices[].index',
      'choices[].message.content',
      'choices[].message.role',
      'created',
      'id',
      'model',
      'object',
      'system_fingerprint',
      ...timingKeys.map((key) => `timings.${key}`),
      'usage.completion_tokens',
      'usage.prompt_tokens',
      'usage.prompt_tokens_details.cached_tokens',
      'usage.total_tokens',
    ],
  },
  {
    name: 'streamed chat',
    promise: 'a stream begins with the role and null content, and its last chunk brings the reason and timings',
    observe: async (client) => kindsOf((await client.stream(ask)).events),
    expected: ['role', 'text', 'finish + timings', '[DONE]'],
  },
  {
    name: 'same text',
    promise: 'at temperature 0 the streamed reply is the reply that is not streamed',
    observe: async (client) => (await client.stream(ask)).text === (await wholeText(client)),
    expected: true,
  },
  {
    name: 'usage',
    promise: 'with `stream_options.include_usage` a chunk without choices comes last and brings usage and timings',
    observe: async (client) => kindsOf((await client.stream({ ...ask, stream_options: { include_usage: true } })).events),
    expected: ['role', 'text', 'finish', 'usage + timings', '[DONE]'],
  },
  {
    name: 'progress',
    promise: 'with `return_progress` chunks tell how much of the prompt is read, from what the cache held up to all of it',
    observe: async (client) => {
      const { events } = await client.stream({ ...ask, return_progress: true, cache_prompt: false });
      const progress = events.map((event) => at(event, 'prompt_progress')).filter((entry) => entry !== undefined);
      return {
        kinds: kindsOf(events),
        keys: keysOf(progress[0]),
        first: at(progress[0], 'processed'),
        last_is_total: at(progress.at(-1), 'processed') === at(progress.at(-1), 'total'),
      };
    },
    expected: {
      kinds: ['progress', 'role', 'text', 'finish + timings', '[DONE]'],
      keys: ['cache', 'processed', 'time_ms', 'total'],
      first: 0,
      last_is_total: true,
    },
  },
  {
    name: 'length',
    promise: '`max_tokens` cuts the reply, and `finish_reason` says `length`',
    observe: async (client) => {
      const { body } = await client.chat({ ...ask, max_tokens: 3 });
      return { finish_reason: at(body, 'choices', 0, 'finish_reason'), completion_tokens: at(body, 'usage', 'completion_tokens') };
    },
    expected: { finish_reason: 'length', completion_tokens: 3 },
  },
  {
    name: 'stop text',
    promise: 'a text of `stop` ends the reply and is not shown',
    observe: async (client) => {
      const whole = await wholeText(client);
      const stop = whole.slice(2, 5);
      const { body } = await client.chat({ ...ask, stop: [stop] });
      return {
        finish_reason: at(body, 'choices', 0, 'finish_reason'),
        is_text_before: at(body, 'choices', 0, 'message', 'content') === whole.slice(0, whole.indexOf(stop)),
      };
    },
    expected: { finish_reason: 'stop', is_text_before: true },
  },
  {
    name: 'content in parts',
    promise: 'content may be a list of text parts',
    observe: async (client) => {
      const messages = ask.messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] }));
      return (await wholeText(client, { messages })) === (await wholeText(client));
    },
    expected: true,
  },
  {
    name: 'prefill',
    promise: 'an assistant message that stands last is continued, and comes back at the beginning of the reply',
    observe: async (client) => {
      const whole = await wholeText(client, { max_tokens: 12 });
      // Cut before a space, where tokens end: a text that is cut inside of one is read as other tokens and may go on otherwise.
      const prefill = whole.slice(0, whole.lastIndexOf(' '));
      const continued = { messages: [...ask.messages, { role: 'assistant', content: prefill }], max_tokens: 12 };
      const { events, text } = await client.stream(continued);
      const first = events.map((event) => at(event, 'choices', 0, 'delta', 'content')).find((content) => typeof content === 'string');
      return {
        whole_begins_with_it: (await wholeText(client, continued)).startsWith(prefill),
        stream_begins_with_it: text.startsWith(prefill),
        first_chunk_holds_it: String(first).startsWith(prefill),
        goes_on_as_before: text.startsWith(whole),
      };
    },
    expected: { whole_begins_with_it: true, stream_begins_with_it: true, first_chunk_holds_it: true, goes_on_as_before: true },
  },
];
