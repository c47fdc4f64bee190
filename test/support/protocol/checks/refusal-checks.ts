import { setTimeout } from 'node:timers/promises';
import type { ProtocolCheck } from '../protocol-check.ts';
import { type Answer, at, type ProtocolClient } from '../protocol-client.ts';
import { ask, slotContext, tooLong } from './ask.ts';

const chatPath = '/v1/chat/completions';
const schema = { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } };

function refusal({ status, body }: Answer): unknown {
  return { status, code: at(body, 'error', 'code'), type: at(body, 'error', 'type'), message: typeof at(body, 'error', 'message') };
}

const refused = (status: number, type: string) => ({ status, code: status, type, message: 'string' });

export const refusalChecks: ProtocolCheck[] = [
  {
    name: 'overflow',
    promise: 'a prompt that a slot cannot hold is refused with both counts',
    observe: async (client) => {
      const answer = await client.chat(await tooLong(client));
      const context = await slotContext(client);
      const counted = Number(at(answer.body, 'error', 'n_prompt_tokens'));
      return { refusal: refusal(answer), n_ctx_is_slot: at(answer.body, 'error', 'n_ctx') === context, counted_more: counted > context };
    },
    expected: { refusal: refused(400, 'exceed_context_size_error'), n_ctx_is_slot: true, counted_more: true },
  },
  {
    name: 'overflow of a stream',
    promise: 'it is refused by the status, before a stream begins',
    observe: async (client) => {
      const response = await client.openStream({ ...(await tooLong(client)), return_progress: true });
      await response.text();
      return { status: response.status, type: response.headers.get('content-type')?.split(';')[0] };
    },
    expected: { status: 400, type: 'application/json' },
  },
  {
    name: 'bad JSON',
    promise: 'a body that is no JSON is refused',
    observe: async (client) => refusal(await client.post(chatPath, '{nope')),
    expected: refused(500, 'server_error'),
    differences: {
      embedded: { expected: refused(400, 'invalid_request_error'), because: 'the mistake is the client’s, and a retry would not mend it' },
    },
  },
  {
    name: 'no messages',
    promise: 'a chat without messages is refused',
    observe: async (client) => refusal(await client.post(chatPath, {})),
    expected: refused(400, 'invalid_request_error'),
  },
  {
    name: 'two assistant messages last',
    promise: 'only one message can be continued',
    observe: async (client) => {
      const assistant = { role: 'assistant', content: 'One' };
      return refusal(await client.chat({ messages: [...ask.messages, assistant, assistant] }));
    },
    expected: refused(400, 'invalid_request_error'),
  },
  {
    name: 'unknown path',
    promise: 'another path is not found',
    observe: async (client) => refusal(await client.get('/v1/nothing-here')),
    expected: refused(404, 'not_found_error'),
  },
  {
    name: 'wrong method',
    promise: 'a chat cannot be asked with GET',
    observe: async (client) => refusal(await client.get(chatPath)),
    expected: refused(404, 'not_found_error'),
  },
  {
    name: 'constrained replies',
    promise: '`response_format` with a schema is taken',
    observe: async (client) => (await client.chat({ ...ask, response_format: schema })).status,
    expected: 200,
    differences: { embedded: { expected: 400, because: 'it cannot constrain a reply, and an answer as if it had would be a lie' } },
  },
  {
    name: 'cancel',
    promise: 'closing the connection ends the generation and frees the slot',
    observe: async (client) => {
      const controller = new AbortController();
      const response = await client.openStream({ ...ask, max_tokens: -1, ignore_eos: true }, controller.signal);
      const reader = response.body?.getReader();
      await reader?.read();
      const before = await isProcessing(client);
      controller.abort();
      await reader?.closed.catch(() => undefined);
      for (let turn = 0; turn < 500 && (await isProcessing(client)); turn += 1) await setTimeout(10);
      return { before, after: await isProcessing(client) };
    },
    expected: { before: true, after: false },
  },
];

async function isProcessing(client: ProtocolClient): Promise<unknown> {
  return at((await client.get('/slots')).body, 0, 'is_processing');
}
