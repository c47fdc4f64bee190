/**
 * Stands in for llama-server where only its life matters. It listens on --port and is ready at once, except where a file in its folder says otherwise:
 * `dies`: it ends while it loads, by the signal that stands in the file, else with code 3. `deaf`: SIGTERM does nothing. `cannot-run`: SIGILL ends it when it is asked for its help. Each start adds a line to `starts`.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';

const [folder = '', ...given] = process.argv.slice(2);
if (given[0] === '--help') {
  if (existsSync(join(folder, 'cannot-run'))) process.kill(process.pid, 'SIGILL');

  console.log('--cache-ram N\n--spec-type none,ngram-mod');
  process.exit(0);
}
if (given[0] === '--list-devices') {
  console.log('Available devices:\n  (none)');
  process.exit(0);
}
appendFileSync(join(folder, 'starts'), `${process.pid}\n`);
console.error(`given ${JSON.stringify(given)}`);
if (existsSync(join(folder, 'dies'))) {
  console.error('error loading model: \u001B[31mbroken\u001B[0m');
  const signal = readFileSync(join(folder, 'dies'), 'utf8');
  if (signal !== '') {
    process.kill(process.pid, signal);
    // It arrives a moment later.
    await new Promise(() => setInterval(() => undefined, 1000));
  }
  process.exit(3);
}
process.on('SIGTERM', () => {
  if (!existsSync(join(folder, 'deaf'))) process.exit(0);
});
createServer(({ url }, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(url === '/v1/models' ? '{"data":[{"id":"stand-in"}]}' : '{}');
}).listen(Number(given[given.indexOf('--port') + 1]), '127.0.0.1');
