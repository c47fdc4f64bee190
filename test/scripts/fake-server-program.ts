import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

/**
 * Stands in for llama-server where only its life matters: it listens where it is told, says what it was given, and answers /health.
 * FAKE_LIFE=dies: it ends before it listens. FAKE_DEATH=<signal>: it ends by this signal as soon as it has something to compute, or before it listens
 * where FAKE_LIFE=loads. FAKE_ANSWER=<status>: what it answers to a prompt. FAKE_LOADING=<file>: it is loading for as long as this file exists.
 */
const given = process.argv.slice(3);
const valueOf = (flag: string) => given[given.indexOf(flag) + 1];

console.error(`given ${JSON.stringify(given)}`);
if (process.env['FAKE_LIFE'] === 'dies') {
  console.error('error loading model: \u001B[31mbroken\u001B[0m');
  process.exit(3);
}
const die = () => process.kill(process.pid, process.env['FAKE_DEATH'] ?? '');
if (process.env['FAKE_LIFE'] === 'loads') {
  die();
  // It arrives a moment later.
  await new Promise(() => setInterval(() => undefined, 1000));
}
const loading = process.env['FAKE_LOADING'];
const server = createServer((request, response) => {
  const asked = request.url === '/completion';
  if (asked && process.env['FAKE_DEATH']) {
    die();
    return;
  }
  const status = asked ? Number(process.env['FAKE_ANSWER'] ?? 200) : loading !== undefined && existsSync(loading) ? 503 : 200;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
});
server.listen(Number(valueOf('--port')), valueOf('--host'), () => {
  console.error(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on('SIGTERM', () => process.exit(0));
