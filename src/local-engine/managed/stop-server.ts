import type { Clock } from '../../utils/clock.ts';
import { isRunning, type ProcessMark, signalProcess } from '../../utils/process-identity.ts';
import { readRecord, removeRecord, type ServerRecord } from './server-record.ts';

export interface StopServerOptions {
  folder: string;
  record: ServerRecord;
  clock: Clock;
  /** How long to wait for the supervisor, which itself gives its server 10 seconds. */
  patienceMilliseconds?: number | undefined;
}

const lookMilliseconds = 50;

/**
 * Stops a server and its supervisor: asks first, kills later. It touches only the processes that the record names, never another process that has got
 * their number since. Resolves when both have ended and the record is removed.
 */
export async function stopServer({ folder, record, clock, patienceMilliseconds = 15_000 }: StopServerOptions): Promise<void> {
  await end(record.supervisor, clock, patienceMilliseconds);
  // The server may have been restarted since the record was read. A supervisor that ended normally has stopped its server.
  const latest = readRecord(folder, record.port);
  for (const { server } of [record, latest ?? record]) if (server !== undefined) await end(server, clock, patienceMilliseconds);
  if (latest === undefined || latest.supervisor.pid === record.supervisor.pid) removeRecord(folder, record.port);
}

async function end(mark: ProcessMark, clock: Clock, patience: number): Promise<void> {
  signalProcess(mark, 'SIGTERM');
  for (let waited = 0; isRunning(mark) && waited < patience; waited += lookMilliseconds) await clock.sleep(lookMilliseconds);
  signalProcess(mark, 'SIGKILL');
  while (isRunning(mark)) await clock.sleep(lookMilliseconds);
}
