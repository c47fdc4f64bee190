import { type ChildProcess, spawn } from 'node:child_process';
import { kill, platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventData } from '../../events/event-registry.ts';
import { CappedOutput } from './capped-output.ts';

export interface RunUserCommandOptions {
  /** As the user wrote it; the system's shell reads it. */
  command: string;
  /** Absolute: where it runs. */
  folder: string;
  /** All variables it is given. */
  environment: Record<string, string>;
  timeoutMilliseconds: number;
  signal: AbortSignal;
  /** Of its output; the beginning and the end are kept. */
  outputBytes?: number | undefined;
  /** Between asking it to end and ending it. */
  graceMilliseconds?: number | undefined;
}

export type UserCommandResult = Omit<EventData<'check.finished'>, 'command' | 'files'>;

/**
 * Runs a command of the user's own and everything it starts, without input, in a process group of its own: when it ends, times out or is stopped, the
 * whole group goes. Never rejects.
 */
export async function runUserCommand(options: RunUserCommandOptions): Promise<UserCommandResult> {
  const { command, folder, environment, timeoutMilliseconds, signal, outputBytes = 64 * 1024, graceMilliseconds = 2000 } = options;
  const started = performance.now();
  const output = new CappedOutput(outputBytes);
  const result = (outcome: UserCommandResult['outcome'], exitCode: number | null = null): UserCommandResult => ({
    outcome,
    ...(exitCode === null ? {} : { exitCode }),
    durationMilliseconds: Math.round(performance.now() - started),
    output: output.text,
  });
  if (signal.aborted) return result('stopped');

  const child = spawn(command, {
    cwd: folder,
    env: environment,
    shell: true,
    detached: platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => output.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.add(chunk));
  const ended = Promise.withResolvers<{ code: number | null } | { error: Error }>();
  child.once('error', (error) => ended.resolve({ error }));
  child.once('exit', (code) => ended.resolve({ code }));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const stop = AbortSignal.any([signal, timeout]);
  const onStop = () => void endGroup(child, ended.promise, graceMilliseconds);
  stop.addEventListener('abort', onStop, { once: true });
  const end = await ended.promise;
  stop.removeEventListener('abort', onStop);
  if ('error' in end) {
    output.add(Buffer.from(end.error.message));
    return result('not_started');
  }
  // What it left running in the background must neither go on nor keep its output open.
  signalGroup(child, 'SIGKILL');
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  if (signal.aborted) return result('stopped');
  if (timeout.aborted) return result('timed_out');
  return result(end.code === 0 ? 'passed' : 'failed', end.code);
}

async function endGroup(child: ChildProcess, ended: Promise<unknown>, graceMilliseconds: number): Promise<void> {
  signalGroup(child, 'SIGTERM');
  await Promise.race([ended, sleep(graceMilliseconds, undefined, { ref: false })]);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (platform === 'win32') child.kill(name);
    else kill(-child.pid, name);
  } catch {
    // Nobody of the group is there any more.
  }
}
