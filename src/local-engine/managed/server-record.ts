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
  /** The process that looks after the server. */
  supervisor: mark,
  server: mark.optional(),
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  /** Milliseconds since 1970, of the server that runs now. */
  startedAt: z.number(),
  /** When it was started again, of late. */
  restarts: z.array(z.number()),
  /** How the server ended the last time, in words. */
  lastEnd: z.string().optional(),
  /** Where a signal ended it. */
  lastSignal: z.custom<NodeJS.Signals>((value) => typeof value === 'string' && /^SIG[A-Z0-9]{2,10}$/.test(value)).optional(),
});

/** What is known of a server that was started here. Its supervisor is the only one that writes it. */
export type ServerRecord = z.infer<typeof schema>;

export function recordFile(folder: string, port: number): string {
  return join(folder, `${port}.json`);
}

export function logFile(folder: string, port: number): string {
  return join(folder, `${port}.log`);
}

/** Undefined where there is none, or nothing that can be read as one. */
export function readRecord(folder: string, port: number): ServerRecord | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(recordFile(folder, port), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** By port. */
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

/** Takes the port for a new record. @returns `taken` where there already is one. */
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

/** Whoever reads at the same time sees the old record or the new one. */
export function writeRecord(folder: string, record: ServerRecord): void {
  const file = recordFile(folder, record.port);
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRecord(folder: string, port: number): void {
  rmSync(recordFile(folder, port), { force: true });
}

/** `unattended`: it runs, and nobody would start it again. `gone`: neither it nor its supervisor runs, for instance after the machine was off. */
export type ManagedState = ServerRecord['state'] | 'unattended' | 'gone';

/** What a record says, compared with the processes that run. */
export function managedState({ state, supervisor, server }: ServerRecord): ManagedState {
  if (isRunning(supervisor)) return state;
  if (server !== undefined && isRunning(server)) return 'unattended';
  return state === 'failed' ? 'failed' : 'gone';
}

/** Whether anything of it runs, so that its port and its record are in use. */
export function isAlive(record: ServerRecord): boolean {
  return isRunning(record.supervisor) || (record.server !== undefined && isRunning(record.server));
}
