import { Agent } from 'undici';
import { expect, it, vi } from 'vitest';
import { unlimitedFetch } from '../../../src/llm/server/unlimited-fetch.ts';
import { startWebServer } from '../web-server.ts';

vi.mock(import('undici'), async (original) => {
  const undici = await original();
  return { ...undici, Agent: vi.fn<typeof undici.Agent>(undici.Agent) as unknown as typeof undici.Agent };
});

it('has no limit for the headers and none for the body, and keeps connections alive', async () => {
  const ports = new Set<number | undefined>();
  await using server = await startWebServer((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  for (let request = 0; request < 10; request += 1) await (await unlimitedFetch(server.address)).text();
  // A connection is free again a moment after its answer was read, so the next request may open a second one.
  expect(ports.size).toBeLessThanOrEqual(2);
  // 0 means no limit; the client's own is 300 s for each.
  expect(Agent).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ headersTimeout: 0, bodyTimeout: 0 }));
});
