import { at, type Json } from '../protocol-client.ts';

/** One promise of Anthropic's protocol, and what is seen of it. */
export interface AnthropicCheck {
  name: string;
  promise: string;
  observe: (ask: AskAnthropic) => Promise<unknown>;
  expected: unknown;
}

/** Posts to a path of a server. @returns the status, the text, and the values of the events if it is a stream. */
export type AskAnthropic = (path: string, body: Json) => Promise<{ status: number; body: unknown; events: unknown[] }>;

/** @param origin Without `/v1`. */
export function askAnthropic(origin: string): AskAnthropic {
  return async (path, body) => {
    const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-ant-test' };
    const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify({ model: 'claude-fake-5', ...body }) });
    const text = await answer.text();
    const data = text.split('\n').filter((line) => line.startsWith('data: '));
    return {
      status: answer.status,
      body: data.length > 0 ? undefined : (JSON.parse(text) as unknown),
      events: data.map((line) => JSON.parse(line.slice('data: '.length)) as unknown),
    };
  };
}

const block = (text: string, more: Json = {}) => ({ type: 'text', text, ...more });
const system = [block('You are a software team.', { cache_control: { type: 'ephemeral' } })];
const question = { role: 'user', content: [block('# Requirement\n\nA coupon store in Python', { cache_control: { type: 'ephemeral' } })] };
const prompt = { system, messages: [question] };

/** A streamed reply of at most this many tokens. */
async function reply(ask: AskAnthropic, tokens: number, body: Json = prompt) {
  const { events } = await ask('/v1/messages', { ...body, max_tokens: tokens, temperature: 0, stream: true });
  const ofType = (type: string) => events.filter((event) => at(event, 'type') === type);
  return {
    // What stands beside the reply differs from server to server.
    kinds: events.map((event) => String(at(event, 'type'))).filter((kind, index, all) => kind !== 'ping' && kind !== all[index - 1]),
    text: ofType('content_block_delta')
      .map((event) => String(at(event, 'delta', 'text')))
      .join(''),
    reason: at(ofType('message_delta')[0], 'delta', 'stop_reason'),
    read: at(ofType('message_start')[0], 'message', 'usage'),
    written: at(ofType('message_delta')[0], 'usage', 'output_tokens'),
  };
}

const total = (usage: unknown) =>
  ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'].reduce((sum, key) => sum + Number(at(usage, key) ?? 0), 0);

export const anthropicChecks: readonly AnthropicCheck[] = [
  {
    name: 'streamed reply',
    promise: '`POST /v1/messages` with `stream` tells of a message, its block of text in pieces, the reason for its end, and its end',
    observe: async (ask) => (await reply(ask, 8)).kinds,
    expected: ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
  },
  {
    name: 'length',
    promise: '`max_tokens` cuts the reply, `stop_reason` says so, and the tokens are counted',
    observe: async (ask) => {
      const { reason, written } = await reply(ask, 3);
      return { reason, written };
    },
    expected: { reason: 'max_tokens', written: 3 },
  },
  {
    name: 'count',
    promise: '`POST /v1/messages/count_tokens` counts exactly what the prompt will have',
    observe: async (ask) => at((await ask('/v1/messages/count_tokens', prompt)).body, 'input_tokens') === total((await reply(ask, 3)).read),
    expected: true,
  },
  {
    name: 'cache',
    promise: 'of a prompt that was just read most comes from the cache, and `cache_read_input_tokens` says how much',
    observe: async (ask) => {
      await reply(ask, 3);
      const { read } = await reply(ask, 3);
      return Number(at(read, 'cache_read_input_tokens')) > total(read) / 2;
    },
    expected: true,
  },
  {
    name: 'prefill',
    promise: 'an assistant message that stands last is continued',
    observe: async (ask) => {
      const whole = (await reply(ask, 8)).text;
      const begun = (await reply(ask, 4)).text;
      const { text } = await reply(ask, 4, { ...prompt, messages: [question, { role: 'assistant', content: [block(begun)] }] });
      // Some send what was begun back first.
      return text === whole || begun + text === whole;
    },
    expected: true,
  },
];
