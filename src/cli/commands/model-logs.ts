import process from 'node:process';
import { existsSync } from 'node:fs';
import { logFile } from '../../local-engine/managed/server-record.ts';
import { readTail } from '../../local-engine/managed/tail-lines.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { chooseServer } from '../model/choose-server.ts';
import { followFile } from '../model/follow-file.ts';
import { serversFolder } from '../model/state-folders.ts';
import { usageError } from '../usage-error.ts';
import { stopOnSignal } from '../stop-signals.ts';

export interface ModelLogsOptions {
  port?: string | undefined;
  lines?: string | undefined;
  follow?: boolean | undefined;
}

const usualLines = 50;

/** `multiagent model logs`: the server's log, even after the server has ended. */
export async function modelLogs({ port, lines, follow }: ModelLogsOptions): Promise<ExitCode> {
  if (lines !== undefined && !/^\d{1,6}$/.test(lines))
    throw usageError(`-n must be a whole number; it is "${lines}".`, 'For instance: -n 200');
  const folder = serversFolder();
  // A stopped server no longer has a record; its log stays.
  const path = logFile(folder, chooseServer({ folder, port })?.port ?? Number(port ?? 8080));
  if (!existsSync(path)) {
    throw new MultiagentError({
      category: 'usage',
      code: 'usage',
      message: `There is no log at ${path}.`,
      hint: 'Start a server with "multiagent model start". For the log of a server on another port, use --port.',
    });
  }
  const tail = readTail(path, Number(lines ?? usualLines));
  if (tail.lines.length > 0) process.stdout.write(`${tail.lines.join('\n')}\n`);
  if (!follow) return exitCode.completed;
  using stop = stopOnSignal();
  await followFile({ path, from: tail.end, signal: stop.signal, onText: (text) => process.stdout.write(text) });
  return exitCode.completed;
}
