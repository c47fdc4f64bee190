import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { productVersion } from '../../utils/product-version.ts';
import { readRegularFile } from '../../utils/read-regular-file.ts';

export interface RowCacheOptions {
  /** Absolute. */
  file: string;
  /** What the rows are, with a number that is raised whenever other things are found out about the same files. */
  kind: string;
  /** A larger file is not read, and none is written. */
  mostBytes: number;
}

const charactersAtOnce = 256 * 1024;

/**
 * Rows of JSON that save the work of an earlier run, in a file that each run replaces as a whole. Nothing depends on it: what cannot be read, or comes from
 * another version of this program, counts as empty, and a failure to write is none. Each row is input, and whoever uses it checks its shape.
 */
export class RowCache {
  readonly #file: string;
  readonly #head: string;
  readonly #mostBytes: number;

  constructor({ file, kind, mostBytes }: RowCacheOptions) {
    this.#file = file;
    this.#head = JSON.stringify(['multiagent', kind, productVersion()]);
    this.#mostBytes = mostBytes;
  }

  read(): readonly unknown[] {
    let text: string;
    try {
      text = readRegularFile(this.#file, this.#mostBytes, 'refuse links').toString('utf8');
    } catch {
      return [];
    }
    if (!text.startsWith(`${this.#head}\n`)) return [];
    const rows = parseJson(text.slice(this.#head.length));
    return Array.isArray(rows) ? (rows as unknown[]) : [];
  }

  /** Replaces what is there by the first of these rows, as many as fit. */
  async write(rows: Iterable<readonly unknown[]>): Promise<void> {
    const temporary = `${this.#file}.${randomUUID()}`;
    try {
      await ensureFolder(dirname(this.#file));
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await this.#writeRows(handle, rows);
      } finally {
        await handle.close();
      }
      await rename(temporary, this.#file);
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  async #writeRows(handle: FileHandle, rows: Iterable<readonly unknown[]>): Promise<void> {
    const end = '\n]\n';
    let text = `${this.#head}\n[`;
    let left = this.#mostBytes - Buffer.byteLength(text) - end.length;
    let between = '\n';
    for (const row of rows) {
      const line = `${between}${JSON.stringify(row)}`;
      left -= Buffer.byteLength(line);
      if (left < 0) break;
      text += line;
      between = ',\n';
      if (text.length < charactersAtOnce) continue;
      await handle.writeFile(text);
      text = '';
    }
    await handle.writeFile(`${text}${end}`);
  }
}
