import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import process from 'node:process';

export interface ProgramToRun {
  command: string;
  arguments: readonly string[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  /** The files that its outputs are written to. */
  output: string;
  errors: string;
  /** After which it is asked to stop, as Ctrl-C does, and a minute later killed. */
  seconds: number;
  signal: AbortSignal;
}

export interface ProgramEnd {
  /** Null where a signal ended it. */
  code: number | null;
  ended: 'by itself' | 'out of time';
}

/** What a program has to write down what it was doing. */
const graceSeconds = 60;

/**
 * Runs a program as a person would, and stops it as one would.
 * @throws DOMException `AbortError` once it has ended after the signal.
 */
export function runProgram(program: ProgramToRun): Promise<ProgramEnd> {
  const { command, arguments: args, folder, environment, output, errors, seconds, signal } = program;
  const files = [openSync(output, 'w', 0o600), openSync(errors, 'w', 0o600)] as const;
  // A group of its own: Ctrl-C at the evaluation reaches it once, from here, and what it started goes with it.
  const child = spawn(command, args, { cwd: folder, env: environment, detached: true, stdio: ['ignore', ...files] });
  let ended: ProgramEnd['ended'] = 'by itself';
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child.pid, 'SIGINT');
    killing ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceSeconds * 1000);
  };
  const limit = setTimeout(() => {
    ended = 'out of time';
    stop();
  }, seconds * 1000);
  const kill = () => signalGroup(child.pid, 'SIGKILL');
  process.once('exit', kill);
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<ProgramEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, ended }));
  }).finally(() => {
    clearTimeout(limit);
    clearTimeout(killing);
    kill();
    process.off('exit', kill);
    signal.removeEventListener('abort', stop);
    for (const file of files) closeSync(file);
    signal.throwIfAborted();
  });
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody of the group is left.
  }
}
