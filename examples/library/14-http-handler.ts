/** A run for each request: its events are streamed as server-sent events, and it ends with the client. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AgentOrchestrator, startRun } from '@multiagent-team/multiagent';

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { result, events } = startRun(orchestrator, { workflow: 'bug_fix', requirement: await text(request) }, { signal: gone.signal });
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const ended = result.then(
    ({ status }) => status,
    (error: unknown) => String(error),
  );
  for await (const { type, data } of events()) response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  response.end(`event: ended\ndata: ${JSON.stringify(await ended)}\n\n`);
}

// For this machine alone. Whoever lets others in asks them who they are, and limits the length of what they send.
const server = createServer(
  (request, response) => void handle(request, response).catch((error: unknown) => response.destroy(error as Error)),
);
await once(server.listen(0, '127.0.0.1'), 'listening');
try {
  const { port } = server.address() as AddressInfo;
  const body = 'Deleting a bookmark twice crashes. A bookmark has a title and a url. The program is written in Python.';
  const answer = await (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body })).text();
  for (const [, type, data] of answer.matchAll(/^event: (run\.finished|task\.completed|ended)\ndata: (.*)$/gm))
    console.log(type, data?.slice(0, 60));
} finally {
  server.close();
  await orchestrator.close();
}
