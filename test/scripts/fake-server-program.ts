import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

/**
 * Stands in for llama-server where only its life matters: it listens where it is told, says what it was given, and answers /health.
 * FAKE_LIFE=dies: it ends before it listens. FAKE_LOADING=<file>: it is loading for as long as this file exists.
 */
const given = process.argv.slice(3);
const valueOf = (flag: string) => given[given.indexOf(flag) + 1];

console.error(`given ${JSON.stringify(given)}`);
if (process.env['FAKE_LIFE'] === 'dies') {
  console.error('error loading model: \u001B[31mbroken\u001B[0m');
  process.exit(3);
}
const loading = process.env['FAKE_LOADING'];
const server = createServer((_request, response) => {
  response.writeHead(loading !== undefined && existsSync(loading) ? 503 : 200, { 'content-type': 'application/json' });
  response.end('{}');
});
server.listen(Number(valueOf('--port')), valueOf('--host'));
process.on('SIGTERM', () => process.exit(0));
