import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { kill, platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { inheritedFiles } from './inherited-files.ts';
import { CappedOutput } from './capped-output.ts';
import type { CommandResult } from './sandbox.ts';
import type { Exceeded } from './watch-processes.ts';

export interface RunProcessOptions {
  /** The program and its arguments, or a command line for the system's shell. */
  command: string | readonly [string, ...string[]];
  /** Absolute: the folder to run it in. */
  folder: string;
  /** All variables that it gets. */
  environment: Readonly<Record<string, string>>;
  timeoutMilliseconds: number;
  signal: AbortSignal;
  /** How much of its output is kept: the beginning and the end. */
  outputBytes: number;
  /** Between asking it to end and killing it. Absent: it is killed at once. */
  graceMilliseconds?: number | undefined;
  onOutput?: ((chunk: Buffer) => void) | undefined;
  /** What a program that starts another one writes to its file 3 once it has. Without these words the other one was not started. */
  startedWhen?: string | undefined;
  /** Called with the process once it runs; returns what ends the watch. `exceed` kills the process. */
  watch?: ((pid: number, exceed: (what: Exceeded) => void) => () => void) | undefined;
}

/**
 * Runs a program and everything that it starts, without input, in a process group of its own. When it ends, times out or is stopped, the whole group is killed.
 * Never rejects.
 */
export async function runProcess(options: RunProcessOptions): Promise<CommandResult> {
  const { command, folder, environment, timeoutMilliseconds, signal, outputBytes, graceMilliseconds, onOutput, startedWhen, watch } =
    options;
  const started = performance.now();
  const output = new CappedOutput(outputBytes);
  let exceeded: Exceeded | undefined;
  const result = (outcome: CommandResult['outcome'], exitCode: number | null = null): CommandResult => ({
    outcome,
    ...(exitCode === null ? {} : { exitCode }),
    ...(exceeded === undefined ? {} : { exceeded }),
    durationMilliseconds: Math.round(performance.now() - started),
    output: output.text,
    outputBytes: output.bytes,
  });
  if (signal.aborted) return result('stopped');

  const nothing = openSync(devNull, 'r');
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(startedWhen === undefined ? [] : (['pipe'] as const))];
  // Files that were open when this program started lead to nothing there; numbers that are skipped stay closed.
  for (const number of inheritedFiles()) if (number >= stdio.length) stdio.push(...Array(number - stdio.length).fill('ignore'), nothing);
  const [program, ...rest] = typeof command === 'string' ? [command] : command;
  let child: ChildProcess;
  try {
    child = spawn(program, rest, {
      shell: typeof command === 'string',
      cwd: folder,
      env: environment,
      detached: platform !== 'win32',
      stdio,
    });
  } catch (error) {
    // A command that is too long, or that contains a zero byte.
    output.add(Buffer.from((error as Error).message));
    return result('not_started');
  } finally {
    closeSync(nothing);
  }
  const told = new CappedOutput(64 * 1024);
  child.stdio[3]?.on('data', (chunk: Buffer) => told.add(chunk));
  const onData = (chunk: Buffer) => {
    output.add(chunk);
    onOutput?.(chunk);
  };
  child.stdout?.on('data', onData);
  child.stderr?.on('data', onData);
  const ended = Promise.withResolvers<{ code: number | null } | { error: Error }>();
  child.once('error', (error) => ended.resolve({ error }));
  child.once('exit', (code) => ended.resolve({ code }));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const overLimit = new AbortController();
  const endWatch =
    child.pid === undefined
      ? undefined
      : watch?.(child.pid, (what) => {
          exceeded ??= what;
          overLimit.abort();
        });
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const stop = AbortSignal.any([signal, timeout, overLimit.signal]);
  const onStop = () => void endGroup(child, ended.promise, overLimit.signal.aborted ? undefined : graceMilliseconds);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  const end = await ended.promise;
  endWatch?.();
  stop.removeEventListener('abort', onStop);
  if ('error' in end) {
    output.add(Buffer.from(end.error.message));
    return result('not_started');
  }
  // What it left in the background must neither run on nor keep its output open.
  signalGroup(child, 'SIGKILL');
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  for (const stream of child.stdio) stream?.destroy();
  if (signal.aborted) return result('stopped');
  if (exceeded !== undefined) return result('failed');
  if (timeout.aborted) return result('timed_out');
  if (startedWhen !== undefined && !told.text.includes(startedWhen)) return result('not_started');
  return result(end.code === 0 ? 'passed' : 'failed', end.code);
}

async function endGroup(child: ChildProcess, ended: Promise<unknown>, graceMilliseconds: number | undefined): Promise<void> {
  if (graceMilliseconds !== undefined) {
    signalGroup(child, 'SIGTERM');
    await Promise.race([ended, sleep(graceMilliseconds, undefined, { ref: false })]);
  }
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (platform === 'win32') child.kill(name);
    else kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}
