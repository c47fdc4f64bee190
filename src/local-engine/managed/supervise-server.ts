import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../utils/clock.ts';
import { markProcess, type ProcessMark } from '../../utils/process-identity.ts';
import { describeSignalDeath } from '../../utils/signal-death.ts';
import { RotatingFile } from '../../utils/rotating-file.ts';
import { isServerHealthy } from '../../llm/server/is-server-healthy.ts';
import { decideRestart, type RestartPolicy, usualRestartPolicy } from './restart-policy.ts';
import { claimRecord, logFile, removeRecord, type ServerRecord, writeRecord } from './server-record.ts';

export interface SuperviseOptions {
  /** The folder of the record and the log. */
  folder: string;
  port: number;
  address: string;
  model: string;
  program: string;
  arguments: readonly string[];
  /** The mark of this process. */
  supervisor: ProcessMark;
  clock: Clock;
  /** Aborting stops the server, and resolves. */
  signal: AbortSignal;
  policy?: RestartPolicy | undefined;
}

export type SupervisionEnd = 'stopped' | 'failed' | 'port_taken';

const healthMilliseconds = 200;
/** How long a server may take to end by itself. */
const stopPatienceMilliseconds = 10_000;
const log = { maxBytes: 5_000_000, maxFiles: 3 };

/**
 * Runs a server until it is stopped: logs its output, keeps the record up to date, and restarts the server when it dies, as often as the policy allows.
 * A server that dies before it was ever ready is not restarted, because it would die again. The record is removed when the server is stopped, and stays
 * if the server failed.
 */
export async function superviseServer(options: SuperviseOptions): Promise<SupervisionEnd> {
  const { folder, port, address, model, program, supervisor, clock, signal, policy = usualRestartPolicy } = options;
  let record: ServerRecord = {
    version: 1,
    port,
    address,
    model,
    program,
    arguments: [...options.arguments],
    supervisor,
    state: 'starting',
    startedAt: clock.now(),
    restarts: [],
  };
  if (claimRecord(folder, record) === 'taken') return 'port_taken';
  const note = (changes: Partial<ServerRecord>) => {
    record = { ...record, ...changes };
    writeRecord(folder, record);
  };
  const output = new RotatingFile({ path: logFile(folder, port), ...log });
  // A full disk must not stop the server.
  output.on('error', () => undefined);
  const say = (text: string) => output.write(`multiagent: ${text}\n`);
  let wasReady = false;
  try {
    for (;;) {
      // Without the arguments, which may contain a key.
      say(`starting ${program}`);
      const end = await runOnce({ ...options, output, note, onReady: () => (wasReady = true) });
      if (signal.aborted) {
        say('stopped');
        removeRecord(folder, port);
        return 'stopped';
      }
      const { words: lastEnd, signal: lastSignal } = end;
      say(`the server ${lastEnd}`);
      if (lastSignal !== undefined) say(describeSignalDeath(lastSignal, { kind: 'llama-server', path: program }).hint);
      const now = clock.now();
      const decision = wasReady ? decideRestart(policy, record.restarts, now) : ({ restart: 'never' } as const);
      if (decision.restart === 'never') {
        note({ state: 'failed', server: undefined, lastEnd, lastSignal });
        return 'failed';
      }
      const recent = record.restarts.filter((time) => now - time < policy.withinMilliseconds);
      note({ state: 'restarting', server: undefined, lastEnd, lastSignal, restarts: [...recent, now] });
      say(`restarting it in ${decision.milliseconds / 1000} s`);
      // If it is stopped meanwhile, the next start ends at once.
      await clock.sleep(decision.milliseconds, signal).catch(() => undefined);
    }
  } finally {
    await output.finish();
  }
}

interface ServerEnd {
  /** Completes a sentence: `the server ended with code 1`. */
  words: string;
  signal?: NodeJS.Signals | undefined;
}

interface LifeOptions extends SuperviseOptions {
  output: RotatingFile;
  note: (changes: Partial<ServerRecord>) => void;
  onReady: () => void;
}

/** Runs the server once. Resolves with how it ended. */
async function runOnce({ program, arguments: args, address, signal, clock, output, note, onReady }: LifeOptions): Promise<ServerEnd> {
  if (signal.aborted) return { words: 'was not started' };
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.write(chunk));
  const life = new AbortController();
  const ended = endOf(child, program).finally(() => life.abort());
  const server = child.pid === undefined ? undefined : markProcess(child.pid);
  note({ startedAt: clock.now(), server });
  const stop = () => endChild({ child, clock, ended, patience: stopPatienceMilliseconds });
  const stopping = Promise.withResolvers<void>();
  const onAbort = () => void stop().then(stopping.resolve, stopping.reject);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (await becomesHealthy({ address, clock, signal: life.signal })) {
      onReady();
      note({ state: 'ready' });
    }
    return await ended;
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (signal.aborted) await stopping.promise;
  }
}

function endOf(child: ChildProcess, path: string): Promise<ServerEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ words: `could not be started: ${error.message}` }));
    // Not `exit`, because its last output may not have arrived by then.
    child.once('close', (code, signal) => {
      if (signal === null) return resolve({ words: `ended with code ${code ?? 'unknown'}` });
      resolve({ words: describeSignalDeath(signal, { kind: 'llama-server', path }).how, signal });
    });
  });
}

async function endChild(options: { child: ChildProcess; clock: Clock; ended: Promise<ServerEnd>; patience: number }): Promise<void> {
  const { child, clock, ended, patience } = options;
  child.kill('SIGTERM');
  const tooLong = new AbortController();
  const insist = clock.sleep(patience, tooLong.signal).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await ended;
  tooLong.abort();
  await insist;
}

/** False if the signal is aborted first. */
async function becomesHealthy({ address, clock, signal }: { address: string; clock: Clock; signal: AbortSignal }): Promise<boolean> {
  const server = { address, dialect: 'llama-server' } as const;
  while (!signal.aborted) {
    if (await isServerHealthy({ server, signal }).catch(() => false)) return !signal.aborted;
    await clock.sleep(healthMilliseconds, signal).catch(() => undefined);
  }
  return false;
}
