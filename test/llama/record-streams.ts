import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { recordedDefaults, recordedRequests } from '../support/protocol/recorded-requests.ts';

/** Writes the raw answers of a real server down: `node test/llama/record-streams.ts http://127.0.0.1:8080`. */

const origin = new URL(process.argv[2] ?? 'http://127.0.0.1:8080').origin;
const folder = join(import.meta.dirname, '..', 'fixtures', 'llama-server');
mkdirSync(folder, { recursive: true });
for (const [name, body] of Object.entries(recordedRequests)) {
  const response = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ ...recordedDefaults, ...body }) });
  const head = `HTTP ${response.status}\ncontent-type: ${response.headers.get('content-type')}\n\n`;
  // A model's path is nobody's business.
  const text = (await response.text()).replaceAll(/"model":"[^"]*"/g, '"model":"tiny-team.gguf"');
  writeFileSync(join(folder, `${name}.sse`), head + text);
  console.log(`${name}: HTTP ${response.status}, ${text.length} characters`);
}
