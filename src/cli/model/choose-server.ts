import { isAlive, readRecord, readRecords, type ServerRecord } from '../../local-engine/managed/server-record.ts';
import { usageError } from '../usage-error.ts';

export interface ChooseServerOptions {
  folder: string;
  /** As on the command line. */
  port?: string | undefined;
}

/** Chooses the server: that of the port, else the only one, else the only one that runs. Undefined if there is none. @throws MultiagentError `usage`. */
export function chooseServer({ folder, port }: ChooseServerOptions): ServerRecord | undefined {
  if (port !== undefined) return readRecord(folder, portNumber(port));
  const all = readRecords(folder);
  const running = all.filter(isAlive);
  const [first, second] = running.length === 0 ? all : running;
  if (second === undefined) return first;
  const ports = (running.length === 0 ? all : running).map((record) => record.port).join(', ');
  throw usageError(`There are several servers, on the ports ${ports}.`, 'Choose one with --port.');
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw usageError(`--port must be a whole number from 1 to 65535; it is "${text}".`, 'For instance: --port 8080');
}
