import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startFakeLlamaServer } from '../fake-llama-server/start-fake-llama-server.ts';
import { readStream } from './protocol-client.ts';
import { recordedDefaults, recordedRequests } from './recorded-requests.ts';
import { keysOf, kindOf, kindsOf } from './stream-shape.ts';

const recordings = join(import.meta.dirname, '..', '..', 'fixtures', 'llama-server');

/** What stays the same when model and machine change. */
function shapeOf(status: number, contentType: string, text: string): unknown {
  const type = contentType.split(';')[0];
  if (type !== 'text/event-stream') return { status, type, keys: keysOf(JSON.parse(text)) };
  const { events } = readStream(text);
  const byKind = new Map(events.map((event) => [kindOf(event), event]));
  return {
    status,
    type,
    kinds: kindsOf(events),
    keys: Object.fromEntries([...byKind].map(([kind, event]) => [kind, event === '[DONE]' ? [] : keysOf(event)])),
  };
}

function readRecording(name: string): unknown {
  const [head = '', ...rest] = readFileSync(join(recordings, `${name}.sse`), 'utf8').split('\n\n');
  const [, status, contentType] = /^HTTP (\d+)\ncontent-type: (.*)$/.exec(head) ?? [];
  return shapeOf(Number(status), contentType ?? '', rest.join('\n\n'));
}

describe('the fake server answers in the shape of the recorded real one', () => {
  test.each(Object.keys(recordedRequests))('%s', async (name) => {
    await using server = await startFakeLlamaServer({ contextTokens: 8192, reply: () => 'One two three four five six seven.' });
    const body = JSON.stringify({ ...recordedDefaults, ...recordedRequests[name] });
    const response = await fetch(`${server.address}/chat/completions`, { method: 'POST', body });
    const shape = shapeOf(response.status, response.headers.get('content-type') ?? '', await response.text());
    expect(shape).toEqual(readRecording(name));
  });
});
