import { describe, expect, it } from 'vitest';
import { probeModelServer } from '../../../src/llm/server/probe-model-server.ts';
import { startWebServer } from '../web-server.ts';

/** What each server says by path; other paths are not found. */
const servers: [name: string, answers: Record<string, unknown>, contextTokens: number | undefined][] = [
  ['vLLM, with the list of its models', { '/v1/models': { data: [{ id: 'coder', max_model_len: 24_576 }] } }, 24_576],
  [
    'LM Studio, for the model that is used and not the one beside it',
    {
      '/v1/models': { data: [{ id: 'coder' }, { id: 'other' }] },
      '/api/v0/models': {
        data: [
          { id: 'other', state: 'loaded', loaded_context_length: 2048, max_context_length: 32_768 },
          { id: 'coder', state: 'loaded', loaded_context_length: 8192, max_context_length: 131_072 },
        ],
      },
    },
    8192,
  ],
  [
    'LM Studio, not for a model that is not loaded: its greatest context is not the one it will have',
    { '/v1/models': { data: [{ id: 'coder' }] }, '/api/v0/models': { data: [{ id: 'coder', max_context_length: 131_072 }] } },
    undefined,
  ],
  [
    'Ollama, for a model that is loaded',
    { '/v1/models': { data: [{ id: 'coder:latest' }] }, '/api/ps': { models: [{ name: 'coder:latest', context_length: 4096 }] } },
    4096,
  ],
  [
    'Ollama, not for another model',
    { '/v1/models': { data: [{ id: 'coder' }] }, '/api/ps': { models: [{ name: 'x', context_length: 1 }] } },
    undefined,
  ],
  [
    'nobody, with nonsense',
    { '/v1/models': { data: [{ id: 'coder', max_model_len: -1 }] }, '/api/ps': 7, '/api/v0/models': { data: 'x' } },
    undefined,
  ],
];

describe('the context of a server that is no llama-server', () => {
  it.each(servers)('is told by %s', async (_, answers, contextTokens) => {
    await using server = await startWebServer((request, response) => {
      const answer = answers[request.url ?? ''];
      response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
    });
    const found = await probeModelServer({ address: server.address, model: 'coder' });
    expect(found.state === 'ready' && found.server).toMatchObject({ dialect: 'openai', capabilities: { continuesReplies: false } });
    expect(found.state === 'ready' && found.server.contextTokens).toBe(contextTokens);
  });
});
