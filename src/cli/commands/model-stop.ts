import process from 'node:process';
import { isAlive, readRecords, removeRecord } from '../../local-engine/managed/server-record.ts';
import { stopServer } from '../../local-engine/managed/stop-server.ts';
import { systemClock } from '../../utils/clock.ts';
import { writeFolded } from '../write-folded.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { chooseServer } from '../model/choose-server.ts';
import { serversFolder } from '../model/state-folders.ts';

export interface ModelStopOptions {
  port?: string | undefined;
  all?: boolean | undefined;
}

/** `multiagent model stop`: 0 even if there is nothing to stop. */
export async function modelStop({ port, all }: ModelStopOptions): Promise<ExitCode> {
  const folder = serversFolder();
  const chosen = all ? readRecords(folder) : [chooseServer({ folder, port }) ?? []].flat();
  const running = chosen.filter(isAlive);
  for (const record of chosen) if (!running.includes(record)) removeRecord(folder, record.port);
  for (const record of running) {
    await stopServer({ folder, record, clock: systemClock });
    process.stdout.write(`Stopped the llama-server at ${record.address}.\n`);
  }
  if (running.length === 0) writeFolded('No llama-server from "multiagent model start" is running.\n');
  return exitCode.completed;
}
