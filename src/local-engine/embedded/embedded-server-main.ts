/**
 * The child process that `startEmbeddedServer` runs: one model behind one address. It prints one line of JSON on standard output: the address as soon
 * as it listens (the model may still be loading), or an error that a person can act on, before it exits with 1. It ends when its standard input closes,
 * which happens however its parent ends.
 */
import { homedir } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { engineFolder } from './native-library.ts';
import { listenEmbedded } from './embedded-server.ts';
import { loadEngine } from './load-engine.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const log = (line: string) => process.stderr.write(`${line}\n`);

process.stdin.once('close', () => process.exit(0));
process.stdin.once('error', () => process.exit(0));
process.stdin.resume();
// Ctrl-C reaches the whole process group. The parent decides when this process ends, and may need answers until then.
if (!process.stdin.isTTY) process.on('SIGINT', () => undefined);

try {
  const { values } = parseArgs({
    options: {
      model: { type: 'string' },
      port: { type: 'string', default: '0' },
      context: { type: 'string' },
      parallel: { type: 'string', default: '1' },
      threads: { type: 'string' },
    },
  });
  if (values.model === undefined) throw new Error('--model is missing: give the path of a GGUF file.');
  const count = (name: 'port' | 'context' | 'parallel' | 'threads') => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text) || (name !== 'port' && Number(text) < 1))
      throw new Error(`--${name} must be a whole number, not "${text}".`);
    return Number(text);
  };
  const server = await listenEmbedded({ port: count('port'), log });
  say({ address: server.address });
  server.serve(
    await loadEngine({
      modelFile: values.model,
      contextTokens: count('context'),
      parallel: count('parallel'),
      threads: count('threads'),
      libraryFolder: engineFolder(process.env, homedir()),
      log,
    }),
  );
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ error: { ...describeError(error), category: error instanceof MultiagentError ? error.category : 'failed' } })}\n`,
    () => process.exit(1),
  );
}
