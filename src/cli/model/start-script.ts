import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { usageError } from '../usage-error.ts';
import { shellWord } from '../own-command.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';

/** Only this script knows where a llama-server is found, how one is built and how it is called. This folder is equally deep in `src` and in `dist`. */
const script = join(import.meta.dirname, '../../../scripts/start-llama-server.sh');

export interface ServerCommandOptions {
  /** Absent: the program that the script finds. */
  program?: string | undefined;
  /** A .gguf file, or `repository:quantisation`. */
  model: string;
  contextTokens: number;
  slots: number;
  gpuLayers: number;
  threads?: number | undefined;
  port: number;
  /** Passed to llama-server unchanged. */
  flags: readonly string[];
}

export interface ServerCommand {
  /** Just `llama-server` if none is found. */
  program: string;
  arguments: string[];
}

/** The command line of a server. It listens on this machine only. @throws MultiagentError `usage`, `server.script_failed`. */
export async function serverCommand(options: ServerCommandOptions): Promise<ServerCommand> {
  const { program: known, model, contextTokens, slots, gpuLayers, threads, port, flags } = options;
  const output = await runScript(['--print0', '--', ...flags], {
    ...(known === undefined ? {} : { LLAMA_SERVER_BIN: known }),
    LLAMA_MODEL: model,
    LLAMA_CTX_SIZE: String(contextTokens),
    LLAMA_PARALLEL: String(slots),
    LLAMA_GPU_LAYERS: String(gpuLayers),
    LLAMA_THREADS: threads === undefined ? '' : String(threads),
    LLAMA_HOST: '127.0.0.1',
    LLAMA_PORT: String(port),
  });
  const [program = 'llama-server', ...rest] = output.split('\0').slice(0, -1);
  return { program, arguments: rest };
}

/** The path of a llama-server; undefined if there is none. @throws MultiagentError if LLAMA_SERVER_BIN does not name a program. */
export async function findServerProgram(): Promise<string | undefined> {
  const { program } = await serverCommand({ model: 'any/model', contextTokens: 8192, slots: 1, gpuLayers: 0, port: 8080, flags: [] });
  return program === 'llama-server' ? undefined : program;
}

/** `rebuild`: with only the instructions that the system lists. */
export type Build = 'build' | 'rebuild';

/**
 * Compiles a llama-server and tests it, with progress on standard error. Does nothing if that was done before.
 * @throws MultiagentError `server.not_built`, `run.interrupted`.
 */
export async function buildServerProgram(build: Build): Promise<string> {
  const child = spawn('bash', [script, '--only-build', `--${build}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  // Ctrl-C also reaches the script, which then says how to continue.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return output.trim();
    throw new MultiagentError({
      ...(code === 130 ? { category: 'stopped', code: 'run.interrupted' } : { category: 'model', code: 'server.not_built' }),
      message: 'No llama-server that runs here could be compiled; see the reason above.',
      hint: 'Fix that and run the same command again, or install a package of llama.cpp.',
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}

/**
 * Tests that a llama-server that was compiled here earlier can compute with quantised weights, once on each machine. Any other program is not tested.
 * @throws MultiagentError `server.script_failed` if it dies, with what to do.
 */
export async function proveServerProgram(): Promise<void> {
  await runScript(['--only-prove'], {});
}

function runScript(args: string[], environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      [script, ...args],
      { env: { ...environmentWithoutSecrets(process.env), ...environment }, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout);
        const [first = '', ...hints] = stderr.trim().split('\n');
        const message = first.replace(/^Error: /, '') || error.message;
        const hint = hints.map((line) => line.trim()).join(' ') || 'Starting a server needs bash.';
        if (error.code === 2) return reject(usageError(message, hint));
        return reject(new MultiagentError({ category: 'model', code: 'server.script_failed', message, hint, cause: error }));
      },
    );
  });
}

/** A command line for a shell. */
export function shellLine({ program, arguments: rest }: ServerCommand): string {
  return [program, ...rest].map(shellWord).join(' ');
}
