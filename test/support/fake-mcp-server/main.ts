/** An MCP server over its input and output, started by tests. The first argument is how it behaves. */
import process from 'node:process';
import { createInterface } from 'node:readline';
import { answerMcp, type Message } from './answer-mcp.ts';

const [, , behaviour = 'well', ...rest] = process.argv;
const send = (message: object) => void process.stdout.write(`${JSON.stringify(message)}\n`);
let asking: Message['id'];

if (behaviour === 'ends') {
  console.error('no database at this place');
  process.exit(3);
}
if (behaviour === 'stays') setInterval(() => undefined, 1000);

createInterface({ input: process.stdin }).on('line', (line) => {
  if (behaviour === 'silent') return;
  const message = JSON.parse(line) as Message;
  const { id, method, params } = message;
  const says = (text: string) => send({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } });
  if (method === undefined && id === 'ask') {
    send({ jsonrpc: '2.0', id: asking, result: { content: [{ type: 'text', text: JSON.stringify(message.error) }] } });
    return;
  }
  answerMcp(message, send);
  if (method !== 'tools/call') return;
  if (params?.name === 'environment') says(JSON.stringify({ ...process.env, arguments: rest, folder: process.cwd() }));
  if (params?.name === 'die') {
    console.error('the token is ghp_0123456789abcdefghijklmnopqrstuvwxyz');
    process.exit(1);
  }
  if (params?.name === 'ask') {
    asking = id;
    send({ jsonrpc: '2.0', id: 'ask', method: 'sampling/createMessage', params: { messages: [], maxTokens: 1 } });
  }
  if (params?.name === 'garbage') {
    for (let count = 0; count < 100; count += 1) process.stdout.write(`starting … ${count}\n[[[[\n{"jsonrpc": 1}\n`);
    says('It works.');
  }
  if (params?.name === 'flood') void pour(() => 'no message at all\n', Number.POSITIVE_INFINITY);
  // 1 GB in one answer.
  if (params?.name === 'big') {
    process.stdout.write(`{"jsonrpc":"2.0","id":${String(id)},"result":{"content":[{"type":"text","text":"`);
    void pour(() => 'x'.repeat(1024 * 1024), 1024).then(() => process.stdout.write('"}]}}\n'));
  }
});

async function pour(piece: () => string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    if (!process.stdout.write(piece())) await new Promise((resolve) => process.stdout.once('drain', () => resolve(undefined)));
  }
}
