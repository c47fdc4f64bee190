import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { downloadError } from './download-error.ts';
import { fetchSafely } from './fetch-safely.ts';
import type { PlannedFile } from './plan-download.ts';
import type { Proxies } from './proxies.ts';

export interface DownloadFileOptions {
  planned: PlannedFile;
  clock: Clock;
  signal?: AbortSignal | undefined;
  proxies?: Proxies | undefined;
  /** After each piece: bytes on disk. */
  onProgress?: ((bytes: number) => void) | undefined;
  /** So long without a byte, and the connection is given up. */
  stallMilliseconds?: number | undefined;
}

/** Connections that break are made again this often without a byte gained. */
const mostAttempts = 3;

/**
 * Fetches one file, and goes on where an earlier attempt broke off. It gets its name only when it is whole: its length, its checksum where one is known,
 * and its first bytes are right. A file that is already there is left alone.
 * @throws MultiagentError `download.…`; the signal's reason. What has arrived is kept, except where its content is wrong.
 */
export async function downloadFile(options: DownloadFileOptions): Promise<void> {
  const { planned, clock, signal } = options;
  if (await isThere(planned)) return;
  await mkdir(dirname(planned.file), { recursive: true });
  const part = `${planned.file}.part`;
  for (let attempt = 1, before = -1; ; attempt += 1) {
    try {
      await fetchRest({ ...options, part });
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof MultiagentError && error.code === 'download.corrupt') await rm(part, { force: true });
      const size = await sizeOf(part);
      if (size > before) attempt = 1;
      before = size;
      const again = error instanceof MultiagentError && ['download.no_connection', 'download.broken'].includes(error.code);
      if (!again || attempt >= mostAttempts) throw error;
      await clock.sleep(1000 * 2 ** attempt, signal);
    }
  }
  await settle(planned, part, signal);
}

async function isThere({ file, bytes }: PlannedFile): Promise<boolean> {
  const size = await sizeOf(file);
  return size > 0 && (bytes === undefined || size === bytes);
}

async function fetchRest(options: DownloadFileOptions & { part: string }): Promise<void> {
  const { planned, part, signal, proxies, onProgress, stallMilliseconds = 60_000 } = options;
  let held = await sizeOf(part);
  if (planned.bytes !== undefined && held > planned.bytes) {
    await rm(part);
    held = 0;
  }
  if (planned.bytes !== undefined && held === planned.bytes) return;
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMilliseconds);
  const both = AbortSignal.any([stall.signal, ...(signal === undefined ? [] : [signal])]);
  let file: FileHandle | undefined;
  try {
    const response = await fetchSafely(planned.url, { headers: held === 0 ? {} : { range: `bytes=${held}-` }, signal: both, proxies });
    const goesOn = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${held}-`) === true;
    if (!goesOn && response.status !== 200) {
      await response.body?.cancel();
      if (response.status === 416) await rm(part, { force: true });
      throw downloadError(
        response.status >= 500 || response.status === 416 ? 'broken' : 'refused',
        `${shown(planned)} answered with HTTP ${response.status}.`,
        {
          hint: 'Run the same command again later.',
        },
      );
    }
    file = await open(part, goesOn ? 'a' : 'w', 0o644);
    let bytes = goesOn ? held : 0;
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), stallMilliseconds);
      bytes += chunk.length;
      if (planned.bytes !== undefined && bytes > planned.bytes) throw corrupt(planned, 'it is longer than was announced');
      await file.writeFile(chunk);
      onProgress?.(bytes);
    }
    if (planned.bytes !== undefined && bytes < planned.bytes) throw broken(planned, 'the connection ended early');
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof MultiagentError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw downloadError('disk_full', `The disk of ${dirname(part)} is full.`, {
        hint: 'Make room and run the same command again: it goes on from here.',
      });
    }
    throw broken(planned, stall.signal.aborted ? `nothing arrived for ${stallMilliseconds / 1000} s` : (error as Error).message, error);
  } finally {
    clearTimeout(timer);
    await file?.close();
  }
}

async function settle(planned: PlannedFile, part: string, signal: AbortSignal | undefined): Promise<void> {
  const hash = createHash('sha256');
  const start = await readAll(part, hash, signal);
  const problem =
    start !== 'GGUF'
      ? 'it does not begin as a GGUF model does'
      : planned.sha256 !== undefined && hash.digest('hex') !== planned.sha256
        ? 'its checksum (SHA-256) is not the one that was announced'
        : undefined;
  if (problem !== undefined) {
    await rm(part, { force: true });
    throw corrupt(planned, problem);
  }
  const file = await open(part, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, planned.file);
}

async function readAll(path: string, hash: Hash, signal: AbortSignal | undefined): Promise<string> {
  let start: string | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    start ??= chunk.toString('latin1', 0, 4);
    hash.update(chunk);
  }
  return start ?? '';
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function corrupt(planned: PlannedFile, problem: string): MultiagentError {
  return downloadError('corrupt', `What came from ${shown(planned)} is not the model: ${problem}.`, {
    hint: 'Run the same command again to fetch it anew; where it happens again, use another source.',
  });
}

function broken(planned: PlannedFile, reason: string, cause?: unknown): MultiagentError {
  return downloadError('broken', `The download of ${shown(planned)} broke off: ${reason}.`, {
    hint: 'Run the same command again: it goes on where this one stopped.',
    cause,
  });
}

/** Without a query, which may hold what opens the file to its owner only. */
function shown({ url }: PlannedFile): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
