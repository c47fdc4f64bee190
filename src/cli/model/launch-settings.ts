import { resolve } from 'node:path';
import process from 'node:process';
import { isTrulyInside } from '../../config/folders.ts';
import { readDotenv } from '../../config/read-dotenv.ts';
import { showName } from '../../config/show-value.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { usageError } from '../usage-error.ts';

/** What a person wants of a server: from the command line, else the environment, else the folder's `.env`. Absent values are chosen for this machine. */
export interface LaunchSettings {
  model?: string | undefined;
  port?: number | undefined;
  contextTokens?: number | undefined;
  slots?: number | undefined;
  gpuLayers?: number | undefined;
  threads?: number | undefined;
}

/** The options as text, as on the command line. */
export interface LaunchOptions {
  port?: string | undefined;
  context?: string | undefined;
  parallel?: string | undefined;
  gpuLayers?: string | undefined;
  threads?: string | undefined;
}

/** @throws MultiagentError `usage` for a value that is not a number in its range. */
export function launchSettings(options: LaunchOptions, directory: string): LaunchSettings {
  const file = readDotenv(directory);
  const variable = (name: string) => process.env[name] || file[name] || undefined;
  const number = (option: string | undefined, name: string, flag: string, [least, most]: readonly [number, number]) => {
    const text = option ?? variable(name);
    if (text === undefined) return undefined;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw usageError(
      `${option === undefined ? name : flag} must be a whole number from ${least} to ${most}; it is "${text}".`,
      `Correct it, or leave it out to use what suits this machine.`,
    );
  };
  return {
    model: process.env['LLAMA_MODEL'] || modelOfProject(file['LLAMA_MODEL'], directory),
    port: number(options.port, 'LLAMA_PORT', '--port', [1, 65_535]),
    contextTokens: number(options.context, 'LLAMA_CTX_SIZE', '--context', [256, 100_000_000]),
    slots: number(options.parallel, 'LLAMA_PARALLEL', '--parallel', [1, 256]),
    gpuLayers: number(options.gpuLayers, 'LLAMA_GPU_LAYERS', '--gpu-layers', [0, 9999]),
    threads: number(options.threads, 'LLAMA_THREADS', '--threads', [1, 4096]),
  };
}

/** A project may name a model or a file inside it, but not a file elsewhere. */
function modelOfProject(named: string | undefined, directory: string): string | undefined {
  if (named === undefined || named === '') return undefined;
  const isFile = /\.gguf$/i.test(named) && !/^https?:/i.test(named);
  if (!isFile || (!named.startsWith('~') && isTrulyInside(directory, resolve(directory, named)))) return named;
  throw new MultiagentError({
    category: 'usage',
    code: 'settings.invalid',
    message: `.env, LLAMA_MODEL: the model file ${showName(named)} is outside the project, and a file of the project must not choose such a file.`,
    hint: `If you want it, name it yourself: multiagent model start ${showName(named)}`,
  });
}
