import { spawn } from 'node:child_process';
import { extname, join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { type ChildExit, ServerChild } from './server-child.ts';
import { checkModelFile, tinyModelFile } from './model-file.ts';

export interface StartEmbeddedServerOptions {
  /** A GGUF file; the tiny model of this package by default. */
  modelFile?: string | undefined;
  /** Tokens of each slot; by default what the model was trained for, at most 8192, fewer if memory is short. */
  contextTokens?: number | undefined;
  /** Requests that are answered at the same time; 1 by default. */
  parallel?: number | undefined;
  /** By default 1 for a model as small as the tiny one, else the number of physical cores. */
  threads?: number | undefined;
  /** Aborting before the server is ready ends the process and rejects. Afterwards it has no effect: a server outlives the run it was started for. */
  signal?: AbortSignal | undefined;
  /** Receives each line of the server's log, without control characters. */
  onLog?: ((line: string) => void) | undefined;
  /** Receives a sentence or two when a signal ends a server that was ready. Its clients only notice that it no longer answers. */
  onDeath?: ((sentence: string) => void) | undefined;
}

export interface RunningEmbeddedServer {
  /** The OpenAI-compatible address, such as `http://127.0.0.1:40123/v1`. */
  address: string;
  modelFile: string;
  /** Resolves when the process has ended. May be called more than once. */
  stop(): Promise<void>;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<ChildExit>;
}

/** Milliseconds between two checks of a server that is loading. */
const healthInterval = 25;

/**
 * Starts a process that serves a model on a loopback port, and resolves when it is ready to answer. The process ends with this one, however this one ends.
 * @throws MultiagentError: `embedded.model_missing`, `embedded.not_gguf`, `embedded.not_installed`, `embedded.no_binary`, `embedded.out_of_memory`,
 * `embedded.load_failed`, `embedded.died`. The signal's reason if it is aborted. Nothing is left running then.
 */
export async function startEmbeddedServer(options: StartEmbeddedServerOptions = {}): Promise<RunningEmbeddedServer> {
  const { signal, onLog, onDeath } = options;
  const modelFile = resolve(options.modelFile ?? tinyModelFile);
  signal?.throwIfAborted();
  await checkModelFile(modelFile);
  signal?.throwIfAborted();

  const main = join(import.meta.dirname, `embedded-server-main${extname(import.meta.filename)}`);
  const process = spawn(execPath, [main, ...childArguments(modelFile, options)], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const child = new ServerChild({ process, onLog });
  const { exited } = child;
  const stop = () => child.stop();
  const onAbort = () => void stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  const over = new AbortController();
  try {
    const address = await Promise.race([child.announced, child.died]);
    await Promise.race([untilHealthy(new URL('/health', address), over.signal), child.died]);
    if (onDeath !== undefined) child.watchDeath(onDeath);
    return { address, modelFile, stop, exited };
  } catch (error) {
    await stop();
    signal?.throwIfAborted();
    throw error;
  } finally {
    over.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}

function childArguments(modelFile: string, { contextTokens, parallel, threads }: StartEmbeddedServerOptions): string[] {
  const counts = Object.entries({ context: contextTokens, parallel, threads });
  return [`--model=${modelFile}`, ...counts.flatMap(([name, count]) => (count === undefined ? [] : [`--${name}=${count}`]))];
}

/** Resolves when the server is ready or the signal is aborted. */
async function untilHealthy(url: URL, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok === true) return;
    await setTimeout(healthInterval, undefined, { signal }).catch(() => undefined);
  }
}
