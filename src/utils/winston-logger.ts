import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Logger as WinstonLogger } from 'winston';
import { describeError } from './describe-error.ts';
import type { Logger } from './logger.ts';
import { printableLine } from './printable.ts';
import { redactSecrets } from './redact-secrets.ts';
import { RotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface CreateLoggerOptions {
  /** Less important lines are left out. */
  level: LogLevel;
  /** A file that gets one JSON object a line: `{time, level, message, data?}`. The first line creates it and its folder. Absent: none. */
  file?: string | undefined;
  /** Whether lines for the file are held until `release`. Default: no. */
  held?: boolean | undefined;
  /** A file that would grow beyond this is renamed to `<file>.1`, that one to `<file>.2`, and so on. Default: 5 MB. */
  maxFileBytes?: number | undefined;
  /** How many files to keep in all. Default: 3. */
  maxFiles?: number | undefined;
  /** Whether lines also go to standard error, for people. */
  standardError: 'on' | 'off';
  /** Standard error. The one warning about a file that cannot be written goes there even when `standardError` is off. */
  stream: Writable;
  /** Exact values that must never appear. */
  secrets?: readonly string[] | undefined;
}

export interface ClosableLogger extends Logger {
  /** Writes the held lines to the file; later ones go there at once. */
  release(): void;
  /** Resolves when every line is in the file. Lines that were never released are dropped, and so is what is logged later. Never rejects. */
  close(): Promise<void>;
}

/** A logger on top of winston, which is loaded only here. It never throws: a log that cannot be written is no reason to stop working. */
export async function createLogger(options: CreateLoggerOptions): Promise<ClosableLogger> {
  const { level, file, held = false, maxFileBytes = 5_000_000, maxFiles = 3, standardError, stream, secrets } = options;
  const { default: winston } = await import('winston');
  const { format, transports } = winston;
  const logger = winston.createLogger({ level, levels: { error: 0, warn: 1, info: 2, debug: 3 } });
  // Always added: without a transport winston prints a complaint of its own.
  logger.add(new transports.Stream({ stream, silent: standardError === 'off', format: format.printf((line) => forPeople(line)) }));
  const opened = file === undefined ? undefined : openFile({ path: file, maxBytes: maxFileBytes, maxFiles }, stream);
  if (opened !== undefined) {
    // Not winston's own file transport: it loses lines while it changes files, and says nothing when it cannot write.
    const toFile = new transports.Stream({ stream: opened, eol: '\n', format: format.printf((line) => forPrograms(line)) });
    logger.add(toFile);
    if (held) opened.cork();
    opened.once('error', () => logger.remove(toFile));
  }
  let isHeld = held;
  let closed: Promise<void> | undefined;
  const log = (name: LogLevel, message: string, data?: Record<string, unknown>): void => {
    if (closed !== undefined || !logger.isLevelEnabled(name)) return;
    const clean = redactSecrets({ message, data }, { secrets }) as { message: string; data?: unknown };
    logger.log({ level: name, time: new Date().toISOString(), ...clean });
  };
  return {
    debug: (message, data) => log('debug', message, data),
    info: (message, data) => log('info', message, data),
    warn: (message, data) => log('warn', message, data),
    error: (message, data) => log('error', message, data),
    release() {
      if (isHeld) opened?.uncork();
      isHeld = false;
    },
    close: () => (closed ??= end(logger, opened, isHeld ? 'dropped' : 'written')),
  };
}

function forPeople(line: { level: string; message: unknown; [name: string]: unknown }): string {
  const data = line['data'] === undefined ? '' : ` ${JSON.stringify(line['data'])}`;
  return printableLine(`${String(line['time'])} ${line.level.padEnd(5)} ${String(line.message)}${data}`);
}

function forPrograms({ time, level, message, data }: { [name: string]: unknown }): string {
  return JSON.stringify({ time, level, message, data });
}

/** Opens the file. If it fails, the person is told once. */
function openFile(options: RotatingFileOptions, stream: Writable): RotatingFile {
  const warn = (error: unknown) => {
    const why = describeError(error).message;
    stream.write(`${printableLine(`The log file ${options.path} cannot be written (${why}). The program goes on without it.`)}\n`);
  };
  return new RotatingFile(options).once('error', warn);
}

async function end(logger: WinstonLogger, file: RotatingFile | undefined, last: 'written' | 'dropped'): Promise<void> {
  const finished = once(logger, 'finish');
  logger.end();
  await finished;
  if (last === 'dropped') file?.destroy();
  await file?.finish();
}
