import type { ProtocolCheck } from '../protocol-check.ts';
import { at } from '../protocol-client.ts';
import { ask } from './ask.ts';

export const cacheChecks: ProtocolCheck[] = [
  {
    name: 'timings',
    promise: 'tokens of the prompt are either from the cache (`cache_n`) or read (`prompt_n`)',
    observe: async (client) => {
      const { body } = await client.chat(ask);
      const sum = Number(at(body, 'timings', 'cache_n')) + Number(at(body, 'timings', 'prompt_n'));
      return {
        sum_is_prompt: sum === at(body, 'usage', 'prompt_tokens'),
        cached_tokens_is_cache_n: at(body, 'usage', 'prompt_tokens_details', 'cached_tokens') === at(body, 'timings', 'cache_n'),
      };
    },
    expected: { sum_is_prompt: true, cached_tokens_is_cache_n: true },
  },
  {
    name: 'prompt cache',
    promise: 'of a prompt that was just read only the last token is read again',
    observe: async (client) => {
      await client.chat(ask);
      return at((await client.chat(ask)).body, 'timings', 'prompt_n');
    },
    expected: 1,
  },
  {
    name: 'without the cache',
    promise: '`cache_prompt: false` reads everything',
    observe: async (client) => {
      await client.chat(ask);
      return at((await client.chat({ ...ask, cache_prompt: false })).body, 'timings', 'cache_n');
    },
    expected: 0,
  },
  {
    name: 'input_tokens',
    promise: '`POST /v1/chat/completions/input_tokens` counts exactly what the prompt will have',
    observe: async (client) => {
      const { body } = await client.post('/v1/chat/completions/input_tokens', ask);
      const prompt = at((await client.chat(ask)).body, 'usage', 'prompt_tokens');
      return { is_prompt_tokens: body['input_tokens'] === prompt, object: body['object'] };
    },
    expected: { is_prompt_tokens: true, object: 'response.input_tokens' },
  },
  {
    name: 'template and tokens',
    promise: '`POST /apply-template`, then `POST /tokenize` count the same',
    observe: async (client) => {
      const { body } = await client.post('/apply-template', ask);
      const tokens = at((await client.post('/tokenize', { content: body['prompt'] })).body, 'tokens', 'length');
      return tokens === at((await client.chat(ask)).body, 'usage', 'prompt_tokens');
    },
    expected: true,
  },
  {
    name: 'template and prefill',
    promise: '`POST /apply-template` leaves an assistant message that stands last open where replies are continued',
    observe: async (client) => {
      const { body } = await client.post('/apply-template', { messages: [...ask.messages, { role: 'assistant', content: 'One, two' }] });
      return String(body['prompt']).endsWith('One, two');
    },
    expected: true,
  },
];
