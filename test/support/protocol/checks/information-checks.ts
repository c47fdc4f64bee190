import type { ProtocolCheck } from '../protocol-check.ts';
import { at } from '../protocol-client.ts';
import { slotContext } from './ask.ts';

export const informationChecks: ProtocolCheck[] = [
  {
    name: 'health',
    promise: '`GET /health` says that the model is loaded',
    observe: async (client) => {
      const { status, body } = await client.get('/health');
      return { status, ...body };
    },
    expected: { status: 'ok' },
  },
  {
    name: 'props',
    promise: '`GET /props` tells the context of one slot, the number of slots, the chat template and the release',
    observe: async (client) => {
      const { body } = await client.get('/props');
      return {
        n_ctx: typeof at(body, 'default_generation_settings', 'n_ctx'),
        total_slots: body['total_slots'],
        chat_template: typeof body['chat_template'],
        build_info: typeof body['build_info'],
      };
    },
    expected: { n_ctx: 'number', total_slots: 1, chat_template: 'string', build_info: 'string' },
  },
  {
    name: 'slots',
    promise: '`GET /slots` tells of each slot its context and whether it is at work',
    observe: async (client) => {
      const { body } = await client.get('/slots');
      const slots = body as unknown as Record<string, unknown>[];
      const context = await slotContext(client);
      return slots.map(({ id, n_ctx, is_processing }) => ({ id, has_context_of_props: n_ctx === context, is_processing }));
    },
    expected: [{ id: 0, has_context_of_props: true, is_processing: false }],
  },
  {
    name: 'models',
    promise: '`GET /v1/models` names the model, and the length that it was trained for, which is not the context',
    observe: async (client) => {
      const { body } = await client.get('/v1/models');
      return {
        object: body['object'],
        id: typeof at(body, 'data', 0, 'id'),
        n_ctx_train: typeof at(body, 'data', 0, 'meta', 'n_ctx_train'),
      };
    },
    expected: { object: 'list', id: 'string', n_ctx_train: 'number' },
  },
  {
    name: 'paths without /v1',
    promise: '`GET /models` is `GET /v1/models`',
    observe: async (client) => (await client.get('/models')).status,
    expected: 200,
    differences: { embedded: { expected: 404, because: 'it answers one path for each thing' } },
  },
];
