import { describe, expect, it } from 'vitest';
import { isServerHealthy } from '../../../src/llm/server/is-server-healthy.ts';
import { startWebServer } from '../web-server.ts';

const signal = new AbortController().signal;

describe('the health of a server', () => {
  it.each<['llama-server' | 'openai', Record<string, number>, boolean]>([
    ['llama-server', { '/health': 200 }, true],
    ['llama-server', { '/health': 503, '/v1/models': 200 }, false],
    ['llama-server', { '/v1/models': 200 }, true],
    ['llama-server', { '/health': 501, '/v1/models': 404, '/props': 200 }, true],
    ['llama-server', {}, false],
    ['openai', { '/v1/models': 200, '/health': 503 }, true],
    ['openai', { '/v1/models': 500, '/health': 200 }, false],
    ['openai', { '/v1/models': 405, '/healthz': 200 }, true],
    ['openai', {}, false],
  ])('of the dialect %s that answers %j is %s', async (dialect, statuses, healthy) => {
    await using server = await startWebServer((request, response) => void response.writeHead(statuses[request.url ?? ''] ?? 404).end());
    expect(await isServerHealthy({ server: { address: server.address, dialect }, signal })).toBe(healthy);
  });
});
