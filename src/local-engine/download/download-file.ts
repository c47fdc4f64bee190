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
  /** Called after each chunk with the number of bytes on disk. */
  onProgress?: ((bytes: number) => void) | undefined;
  /** The connection is abandoned after so long without a byte. */
  stallMilliseconds?: number | undefined;
}

/** So many connections in a row may break without a new byte. */
const mostAttempts = 3;

/**
 * Downloads one file, and continues where an earlier attempt broke off. The file gets its final name only when it is complete: when its length, its checksum (if
 * known) and its first bytes are right. A file that is already there is left alone.
 * @throws MultiagentError `download.…`; the signal's reason. What has arrived is kept, unless its content is wrong.
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
      if (planned.bytes !== undefined && bytes > planned.bytes) throw corrupt(planned, 'it is longer than announced');
      await file.writeFile(chunk);
      onProgress?.(bytes);
    }
    if (planned.bytes !== undefined && bytes < planned.bytes) throw broken(planned, 'the connection ended early');
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof MultiagentError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw downloadError('disk_full', `The disk of ${dirname(part)} is full.`, {
        hint: 'Free some disk space and run the same command again: it continues from here.',
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
      ? 'it does not begin like a GGUF model'
      : planned.sha256 !== undefined && hash.digest('hex') !== planned.sha256
        ? 'its checksum (SHA-256) differs from the announced one'
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
    hint: 'Run the same command to download it again; if that fails, too, use another source.',
  });
}

function broken(planned: PlannedFile, reason: string, cause?: unknown): MultiagentError {
  return downloadError('broken', `The download of ${shown(planned)} broke off: ${reason}.`, {
    hint: 'Run the same command again: it continues where this one stopped.',
    cause,
  });
}

/** Without the query, which may contain a secret token. */
function shown({ url }: PlannedFile): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
