import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isRunning } from '../../utils/process-identity.ts';

const mark = z.object({ pid: z.int().positive(), began: z.string() });
const schema = z.object({
  version: z.literal(1),
  port: z.int().min(1).max(65_535),
  /** With `/v1`. */
  address: z.string(),
  model: z.string(),
  program: z.string(),
  arguments: z.array(z.string()),
  /** The process that supervises the server. */
  supervisor: mark,
  server: mark.optional(),
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  /** When the present server was started, in milliseconds since 1970. */
  startedAt: z.number(),
  /** Times of recent restarts, in milliseconds since 1970. */
  restarts: z.array(z.number()),
  /** How the server last ended, in words. */
  lastEnd: z.string().optional(),
  /** The signal that ended it, if any. */
  lastSignal: z.custom<NodeJS.Signals>((value) => typeof value === 'string' && /^SIG[A-Z0-9]{2,10}$/.test(value)).optional(),
});

/** What is known about a server that was started here. Only its supervisor writes the record. */
export type ServerRecord = z.infer<typeof schema>;

export function recordFile(folder: string, port: number): string {
  return join(folder, `${port}.json`);
}

export function logFile(folder: string, port: number): string {
  return join(folder, `${port}.log`);
}

/** Undefined if there is no readable record. */
export function readRecord(folder: string, port: number): ServerRecord | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(recordFile(folder, port), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** All records, by port. */
export function readRecords(folder: string): ServerRecord[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => /^(\d{1,5})\.json$/.exec(name)?.[1] ?? [])
    .flatMap((port) => readRecord(folder, Number(port)) ?? [])
    .sort((first, second) => first.port - second.port);
}

/** Claims the port for a new record. @returns `taken` if there already is one. */
export function claimRecord(folder: string, record: ServerRecord): 'claimed' | 'taken' {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const descriptor = openSync(recordFile(folder, record.port), 'wx', 0o600);
    writeFileSync(descriptor, JSON.stringify(record));
    closeSync(descriptor);
    return 'claimed';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'taken';
    throw error;
  }
}

/** Replaces the record atomically: a reader sees either the old one or the new one. */
export function writeRecord(folder: string, record: ServerRecord): void {
  const file = recordFile(folder, record.port);
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRecord(folder: string, port: number): void {
  rmSync(recordFile(folder, port), { force: true });
}

/** `unattended`: the server runs without a supervisor. `gone`: neither runs, for instance after a reboot. */
export type ManagedState = ServerRecord['state'] | 'unattended' | 'gone';

/** The state in a record, compared with the processes that run. */
export function managedState({ state, supervisor, server }: ServerRecord): ManagedState {
  if (isRunning(supervisor)) return state;
  if (server !== undefined && isRunning(server)) return 'unattended';
  return state === 'failed' ? 'failed' : 'gone';
}

/** Whether the server or its supervisor runs, so that port and record are in use. */
export function isAlive(record: ServerRecord): boolean {
  return isRunning(record.supervisor) || (record.server !== undefined && isRunning(record.server));
}
