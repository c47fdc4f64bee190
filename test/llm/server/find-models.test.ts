import { describe, expect, it } from 'vitest';
import { probeModelServer } from '../../../src/llm/server/probe-model-server.ts';
import { startWebServer } from '../web-server.ts';

/** What a server says by path; other paths are not found. */
type Answers = Record<string, unknown>;

async function probed(answers: Answers, options: { model?: string; apiKey?: string } = {}) {
  const asked: string[] = [];
  await using server = await startWebServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    const status = typeof answer === 'number' ? answer : answer === undefined ? 404 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  return { result: await probeModelServer({ address: server.address, ...options }), asked };
}

async function serverOf(answers: Answers, options: { model?: string } = {}) {
  const { result } = await probed(answers, options);
  if (result.state !== 'ready') throw new Error(`it is ${result.state}`);
  return result.server;
}

const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });

describe('the list of models', () => {
  it.each<[string, unknown]>([
    ['as OpenAI gives it', list('coder')],
    ['as a bare list', [{ id: 'coder' }]],
    ['of names', { data: ['coder'] }],
    ['as Ollama gives it', { models: [{ name: 'coder', model: 'coder' }] }],
    ['with keys', { models: [{ key: 'coder' }] }],
    ['with entries that name nothing', { data: [null, 7, { owned_by: 'me' }, { id: '' }, { id: 'x'.repeat(1000) }, { id: 'coder' }] }],
  ])('is read %s', async (_, body) => {
    expect((await serverOf({ '/v1/models': body })).models).toEqual(['coder']);
  });

  it('may be empty', async () => {
    expect((await serverOf({ '/v1/models': { object: 'list', data: null } })).models).toEqual([]);
  });

  it('is none where there is no list', async () => {
    expect((await probed({ '/v1/models': { data: 'x' } })).result.state).toBe('absent');
  });
});

describe('the model that is used unless another is named', () => {
  it.each<[string, Answers, string]>([
    [
      'is one for chat, by its name',
      { '/v1/models': list('nomic-embed-text:latest', 'bge-reranker-v2', 'whisper-large', 'coder:7b') },
      'coder:7b',
    ],
    [
      'is one for chat, as its server tells',
      {
        '/v1/models': list('a', 'b'),
        '/api/v0/models': {
          data: [
            { id: 'a', type: 'embeddings' },
            { id: 'b', type: 'llm' },
          ],
        },
      },
      'b',
    ],
    [
      'is one for chat, as a gateway tells',
      {
        '/v1/models': list('a', 'b'),
        '/model/info': {
          data: [
            { model_name: 'a', model_info: { mode: 'embedding' } },
            { model_name: 'b', model_info: { mode: 'chat' } },
          ],
        },
      },
      'b',
    ],
    [
      'is one for chat, by what it is able to',
      {
        '/v1/models': {
          data: [
            { id: 'a', capabilities: { completion_chat: false, embedding: true } },
            { id: 'b', capabilities: { completion_chat: true } },
          ],
        },
      },
      'b',
    ],
    [
      'is loaded',
      {
        '/v1/models': {
          data: [
            { id: 'a-70b', status: { value: 'unloaded' } },
            { id: 'b-1b', status: { value: 'loaded' } },
          ],
        },
      },
      'b-1b',
    ],
    ['is loaded, as Ollama tells', { '/v1/models': list('a:14b', 'b:3b'), '/api/ps': { models: [{ name: 'b:3b' }] } }, 'b:3b'],
    [
      'is loaded, as a swapping proxy tells',
      { '/v1/models': list('a-14b', 'b-3b'), '/running': { running: [{ model: 'b-3b', state: 'ready' }] } },
      'b-3b',
    ],
    [
      'is loaded, as newer lists tell',
      {
        '/v1/models': list('a-14b', 'b-3b'),
        '/api/v1/models': {
          models: [
            { key: 'a-14b', loaded_instances: [] },
            { key: 'b-3b', loaded_instances: [{ config: {} }] },
          ],
        },
      },
      'b-3b',
    ],
    ['is the largest of those', { '/v1/models': list('a-0.5b', 'b-14b', 'c-7b') }, 'b-14b'],
    ['is none that is too large', { '/v1/models': list('a-405b', 'b-8x22b', 'c-7b') }, 'c-7b'],
    ['is none that only goes on with a text', { '/v1/models': list('coder-14b-base', 'coder-7b') }, 'coder-7b'],
    ['is the first of equals', { '/v1/models': list('a', 'b') }, 'a'],
  ])('%s', async (_, answers, name) => {
    expect((await serverOf(answers)).models[0]).toBe(name);
  });
});

describe('the context', () => {
  const two = list('a', 'b');
  it.each<[string, Answers, string, number | undefined]>([
    [
      'vLLM',
      {
        '/v1/models': {
          data: [
            { id: 'a', max_model_len: 4096 },
            { id: 'b', max_model_len: 8192 },
          ],
        },
      },
      'b',
      8192,
    ],
    [
      'newer lists',
      {
        '/v1/models': two,
        '/api/v1/models': { models: [{ key: 'b', max_context_length: 9, loaded_instances: [{ config: { context_length: 8192 } }] }] },
      },
      'b',
      8192,
    ],
    ['LiteLLM', { '/v1/models': two, '/model/info': { data: [{ model_name: 'b', model_info: { max_input_tokens: 8192 } }] } }, 'b', 8192],
    ['TabbyAPI', { '/v1/models': two, '/v1/model': { id: 'b', parameters: { max_seq_len: 8192 } } }, 'b', 8192],
    ['TGI', { '/v1/models': two, '/info': { model_id: 'b', max_total_tokens: 8192 } }, 'b', 8192],
    [
      'a router, of a model that is loaded',
      {
        '/v1/models': { data: [{ id: 'b', status: { value: 'loaded' } }, { id: 'a' }] },
        '/props?model=b&autoload=false': { default_generation_settings: { n_ctx: 8192 } },
      },
      'b',
      8192,
    ],
    [
      'a swapping proxy',
      {
        '/v1/models': two,
        '/running': { running: [{ model: 'b', state: 'ready' }] },
        '/upstream/b/props': { default_generation_settings: { n_ctx: 8192 } },
      },
      'b',
      8192,
    ],
    ['nobody, of another model', { '/v1/models': two, '/v1/model': { id: 'a', parameters: { max_seq_len: 8192 } } }, 'b', undefined],
    [
      'nobody, with nonsense',
      { '/v1/models': { data: [{ id: 'b', max_model_len: 1e300 }] }, '/info': [], '/running': 'x' },
      'b',
      undefined,
    ],
  ])('is told by %s', async (_, answers, model, contextTokens) => {
    expect((await serverOf(answers, { model })).contextTokens).toBe(contextTokens);
  });

  it('of a model that is not loaded is not asked for, because that would load it', async () => {
    const { asked } = await probed({ '/v1/models': { data: [{ id: 'a', status: { value: 'unloaded' } }] } }, { model: 'a' });
    expect(asked.filter((path) => path.includes('props?') || path.includes('upstream'))).toEqual([]);
  });
});

describe('a router that has loaded nothing', () => {
  it('goes on with replies, and is not asked what would load a model', async () => {
    const { result, asked } = await probed({ '/v1/models': list('a', 'b'), '/props': { default_generation_settings: { n_ctx: 0 } } });
    expect(result).toMatchObject({ state: 'ready', server: { dialect: 'llama-server', capabilities: { continuesReplies: true } } });
    expect(asked).not.toContain('/apply-template');
  });
});

describe('a server that shows its models to everybody', () => {
  const guarded = { '/v1/models': list('a'), '/health': {}, '/props': 401, '/v1/chat/completions': 401 };

  it.each([
    [{}, 'needs a key, and none was sent'],
    [{ apiKey: 'wrong' }, 'refuses the key it was given'],
  ])('is refused before anything is asked of it: %j', async (options, message) => {
    const { result } = await probed(guarded, options);
    expect(result).toMatchObject({ state: 'refused', error: { code: 'server.unauthorized', message: expect.stringContaining(message) } });
  });

  it('is used where only a path that it does not have is guarded', async () => {
    expect((await probed({ ...guarded, '/v1/chat/completions': 400 })).result.state).toBe('ready');
  });
});
