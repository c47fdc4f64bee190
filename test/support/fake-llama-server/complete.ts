import type { ServerResponse } from 'node:http';
import { readJsonBody } from './chat-call.ts';
import type { FakeMachine } from './fake-machine.ts';
import { sendJson } from './send-json.ts';

/**
 * The server's own completion of a prompt, as far as it is used: it reads the prompt and writes as many tokens as it is told to, of no meaning. It is no
 * chat request and has no record; `machine.ledger.completions` counts what it read.
 */
export async function complete(machine: FakeMachine, text: string, response: ServerResponse): Promise<void> {
  const body = readJsonBody(text);
  const limit = typeof body['n_predict'] === 'number' ? body['n_predict'] : 1;
  const prompt = machine.tokenIds(String(body['prompt']));
  const controller = new AbortController();
  response.on('close', () => controller.abort(new Error('The client closed the connection.')));
  const { signal } = controller;
  const lease = await machine.pool.acquire(prompt, undefined, signal);
  const { slot } = lease;
  try {
    machine.pool.begun(slot);
    const cache = body['cache_prompt'] === false ? 0 : machine.pool.cached(slot, prompt);
    machine.pool.cut(slot, cache);
    const streamed = body['stream'] === true;
    if (streamed) response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const event = (data: unknown) => streamed && response.write(`data: ${JSON.stringify(data)}\n\n`);
    const progress = () => ({ total: prompt.length, cache, processed: slot.tokens.length, time_ms: 0 });
    const began = performance.now();
    event({ content: '', stop: false, id_slot: -1, prompt_progress: progress() });
    for (let start = cache; start < prompt.length; start += machine.options.batchTokens) {
      const batch = prompt.slice(start, start + machine.options.batchTokens);
      await machine.paceBatch(batch.length, signal);
      for (const token of batch) machine.pool.hold(slot, token);
      machine.ledger.completions.readTokens += batch.length;
      machine.ledger.changed();
      event({ content: '', stop: false, id_slot: -1, prompt_progress: progress() });
    }
    const read = performance.now();
    for (let written = 0; written < limit; written += 1) await machine.paceToken(signal);
    const timings = {
      cache_n: cache,
      prompt_n: prompt.length - cache,
      prompt_ms: read - began,
      predicted_n: Math.max(1, limit),
      predicted_ms: performance.now() - read,
    };
    const end = { content: '', stop: true, id_slot: slot.id, timings };
    lease.release();
    if (!streamed) sendJson(response, end);
    event(end);
    response.end();
  } finally {
    lease.release();
  }
}
