import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface StartLlamaServerOptions {
  program: string;
  /** Requests at once; default 1. */
  slots?: number;
  /** Tokens of each slot; default 8192. With more the model pretends to be trained for them, or the server would cap the slots. */
  slotTokens?: number;
  /** Where slots can be saved; without it the server cannot. */
  slotFolder?: string;
  /** Further flags. */
  flags?: string[];
}

export interface RunningLlamaServer {
  /** With `/v1`. */
  address: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

const tinyModel = join(import.meta.dirname, '..', '..', 'models', 'tiny-team.gguf');
const milliseconds = 30_000;

/** A real llama-server with the tiny model on a free port, ready to answer. Whoever starts it stops it. */
export async function startLlamaServer(options: StartLlamaServerOptions): Promise<RunningLlamaServer> {
  const { program, slots = 1, slotTokens = 8192, slotFolder, flags: more = [] } = options;
  const port = await freePort();
  const flags = ['-m', tinyModel, '--host', '127.0.0.1', '--port', String(port), '-np', String(slots), '-c', String(slots * slotTokens)];
  const trained = ['--override-kv', `llama.context_length=int:${slotTokens}`];
  const saving = slotFolder === undefined ? [] : ['--slot-save-path', slotFolder];
  const child = spawn(program, [...flags, ...trained, ...saving, ...more, '--jinja', '--metrics', '-t', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4000)));
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const origin = `http://127.0.0.1:${port}`;
  const patience = AbortSignal.timeout(milliseconds);
  while (!(await isHealthy(origin))) {
    if (child.exitCode !== null || patience.aborted) {
      await stop();
      throw new Error(`${program} is not ready after ${milliseconds / 1000} s. Its last lines:\n${log}`);
    }
    await setTimeout(20);
  }
  return { address: `${origin}/v1`, process: child, stop };
}

async function isHealthy(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/health`).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
