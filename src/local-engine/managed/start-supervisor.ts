import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { execPath } from 'node:process';
import type { Clock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { describeSignalDeath } from '../../utils/signal-death.ts';
import type { RestartPolicy } from './restart-policy.ts';
import { isAlive, logFile, readRecord, recordFile, removeRecord, type ServerRecord } from './server-record.ts';
import { stopServer } from './stop-server.ts';
import { tailLines } from './tail-lines.ts';

export interface StartSupervisorOptions {
  folder: string;
  port: number;
  address: string;
  model: string;
  program: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  policy?: RestartPolicy | undefined;
  /** Aborting before the server is ready stops the server and rejects. */
  signal?: AbortSignal | undefined;
  /** Called repeatedly while the model is loading, with the last line of the log. */
  onWaiting?: ((line: string) => void) | undefined;
}

const lookMilliseconds = 100;

/**
 * Starts a server in the background with a process that supervises it, and resolves when the model is loaded. Both keep running when this program ends.
 * @throws MultiagentError `server.already_running`, `server.not_started`; the signal's reason. No new process is left running then.
 */
export async function startSupervisor(options: StartSupervisorOptions): Promise<ServerRecord> {
  const { folder, port, clock, signal, onWaiting, environment, ...given } = options;
  signal?.throwIfAborted();
  const existed = existsSync(recordFile(folder, port));
  const earlier = readRecord(folder, port);
  if (earlier !== undefined && isAlive(earlier)) throw alreadyRunning(earlier);
  // If there was no record, one that appears meanwhile belongs to another process.
  if (existed) removeRecord(folder, port);
  const { address, model, program, policy } = given;
  const settings = JSON.stringify({ folder, port, address, model, program, arguments: given.arguments, policy });
  const main = join(import.meta.dirname, `supervisor-main${extname(import.meta.filename)}`);
  // Its current folder must not keep a folder or a disk in use; relative paths were resolved before.
  const lastLine = () => tailLines(logFile(folder, port), 1)[0] ?? '';
  const ofBefore = lastLine();
  const child = spawn(execPath, [main, settings], { detached: true, stdio: 'ignore', env: { ...environment }, cwd: '/' });
  child.unref();
  const life = new AbortController();
  const exited = once(child, 'exit').then(
    () => life.abort(),
    () => life.abort(),
  );
  const stopped = AbortSignal.any([life.signal, ...(signal === undefined ? [] : [signal])]);
  for (;;) {
    const record = readRecord(folder, port);
    if (record !== undefined && record.supervisor.pid === child.pid && record.state === 'ready') return record;
    if (life.signal.aborted) throw failure(options, record);
    if (signal?.aborted) {
      await giveUp({ folder, clock, child, record, exited });
      throw signal.reason as Error;
    }
    const line = lastLine();
    onWaiting?.(line === ofBefore ? '' : line);
    await clock.sleep(lookMilliseconds, stopped).catch(() => undefined);
  }
}

interface GiveUpOptions {
  folder: string;
  clock: Clock;
  child: ChildProcess;
  record: ServerRecord | undefined;
  exited: Promise<void>;
}

async function giveUp({ folder, clock, child, record, exited }: GiveUpOptions): Promise<void> {
  child.kill('SIGTERM');
  if (record !== undefined && record.supervisor.pid === child.pid) await stopServer({ folder, record, clock });
  await exited;
}

function alreadyRunning({ address, model, port }: ServerRecord): MultiagentError {
  return new MultiagentError({
    category: 'model',
    code: 'server.already_running',
    message: `A server that was started here is already running at ${address}, with ${model}.`,
    hint: `Stop it with "multiagent model stop --port ${port}", or choose another port with --port.`,
  });
}

function failure({ folder, port, program }: StartSupervisorOptions, record: ServerRecord | undefined): MultiagentError {
  if (record !== undefined && isAlive(record)) return alreadyRunning(record);
  const log = logFile(folder, port);
  const said = tailLines(log, 12).map((line) => `\n  ${line}`);
  removeRecord(folder, port);
  const signal = record?.lastSignal;
  const death = signal === undefined ? undefined : describeSignalDeath(signal, { kind: 'llama-server', path: program });
  return new MultiagentError({
    category: 'model',
    code: 'server.not_started',
    message: `llama-server ${record?.lastEnd ?? 'could not be started'} before it was ready. The end of ${log}:${said.join('')}`,
    hint: death?.hint ?? 'If memory is short, use a smaller --context or a smaller model; "multiagent model list" shows which ones fit.',
  });
}
