import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askStructured } from '../../../src/llm/reply/ask-structured.ts';
import { jsonSchemaForModel } from '../../../src/llm/chat/json-schema-for-model.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { modelOn, question } from '../model-on-fake.ts';

const verdict = z.strictObject({ verdict: z.enum(['accept', 'reject']), points: z.int().min(0).max(10), reasons: z.array(z.string()) });
const good = { verdict: 'accept', points: 7, reasons: ['It works.'] };

async function ask(...replies: string[]) {
  await using server = await startFakeLlamaServer({ reply: ({ index }) => replies[index] ?? 'nothing left to say' });
  const sampling = { temperature: 0, chatTemplateKwargs: { reasoning_effort: 'low' } };
  const asked = { model: modelOn(server), messages: question, schema: verdict, name: 'verdict', sampling, maxTokens: 200 };
  try {
    return { answer: await askStructured(asked), error: undefined, requests: server.requests };
  } catch (error) {
    return { answer: undefined, error, requests: server.requests };
  }
}

describe('a structured answer', () => {
  it('is asked for by schema, with thinking off, and comes as a checked value with its cost', async () => {
    const { answer, requests } = await ask(JSON.stringify(good));
    expect(answer).toMatchObject({ value: good, text: JSON.stringify(good), usage: { replyTokens: requests[0]?.replyTokens } });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema: { type: 'object' } } },
      chat_template_kwargs: { reasoning_effort: 'low', enable_thinking: false },
      max_tokens: 200,
      temperature: 0,
    });
  });

  it.each([
    ['in a fence', `\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\`\n`],
    ['with blank space around it', `\n  ${JSON.stringify(good)}\n`],
    ['after thinking', `<think>Is it good?</think>${JSON.stringify(good)}`],
  ])('is taken %s', async (_, reply) => {
    expect((await ask(reply)).answer?.value).toEqual(good);
  });

  it.each([
    ['no JSON', 'I accept it.', /it is not JSON/],
    ['half a JSON', JSON.stringify(good).slice(0, 30), /it is not JSON/],
    ['another shape', '{"verdict":"maybe","points":3,"reasons":[]}', /verdict/],
    ['a number out of bounds', JSON.stringify({ ...good, points: 11 }), /points/],
    ['more than was asked for', JSON.stringify({ ...good, extra: 1 }), /extra/],
  ])('that is %s gets one corrective turn that says why', async (_, reply, why) => {
    const { answer, requests } = await ask(reply, JSON.stringify(good));
    expect(answer?.value).toEqual(good);
    expect(answer?.usage.replyTokens).toBe(requests.reduce((sum, { replyTokens }) => sum + replyTokens, 0));
    const [said, correction] = requests[1]?.messages.slice(-2) ?? [];
    expect(said).toEqual({ role: 'assistant', content: reply });
    expect(correction?.content).toMatch(why);
    expect(correction?.content).toContain(JSON.stringify(jsonSchemaForModel(verdict)));
    expect(requests[1]?.body).toHaveProperty('response_format');
  });

  it('that was cut says so in the corrective turn', async () => {
    await using server = await startFakeLlamaServer({
      reply: ({ index }) => JSON.stringify({ ...good, reasons: Array(index === 0 ? 80 : 1).fill('It works.') }),
    });
    const { value } = await askStructured({ model: modelOn(server), messages: question, schema: verdict, name: 'verdict', maxTokens: 100 });
    expect(value).toEqual(good);
    expect(server.requests[1]?.messages.at(-1)?.content).toContain('was cut');
  });

  it('is asked for without a schema where the server refuses one, and checked all the same', async () => {
    await using server = await startFakeLlamaServer({
      reply: ({ index }) => ['', 'I accept.', JSON.stringify(good)][index] ?? '',
      faults: [{ when: ({ body }) => body['response_format'] !== undefined, fault: { kind: 'status', status: 400 } }],
    });
    const { value } = await askStructured({ model: modelOn(server), messages: question, schema: verdict, name: 'verdict' });
    expect(value).toEqual(good);
    expect(server.requests.map(({ body }) => body['response_format'] !== undefined)).toEqual([true, false, false]);
  });

  it('that is refused for another reason is that error', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: () => true, fault: { kind: 'status', status: 400 } }] });
    const asked = askStructured({ model: modelOn(server), messages: question, schema: verdict, name: 'verdict' });
    await expect(asked).rejects.toMatchObject({ code: 'model.bad_request' });
    expect(server.requests).toHaveLength(2);
  });

  it('that is wrong twice is an error, with both texts kept', async () => {
    const { error, requests } = await ask('No.', 'Never.', JSON.stringify(good));
    expect(requests).toHaveLength(2);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ kind: 'misbehaviour', code: 'reply.not_in_shape', cause: { replies: ['No.', 'Never.'] } });
  });
});

describe('a schema for a model', () => {
  it('has the bounds that were set, and not those of every JavaScript integer', () => {
    const schema = jsonSchemaForModel(
      z.object({ any: z.int(), some: z.int().min(1).max(9), from: z.int().min(3), list: z.array(z.int()) }),
    );
    expect(schema).toEqual({
      type: 'object',
      properties: {
        any: { type: 'integer' },
        some: { type: 'integer', minimum: 1, maximum: 9 },
        from: { type: 'integer', minimum: 3 },
        list: { type: 'array', items: { type: 'integer' } },
      },
      required: ['any', 'some', 'from', 'list'],
      additionalProperties: false,
    });
  });
});
