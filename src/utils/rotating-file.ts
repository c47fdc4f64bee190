import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ensureOwnFolderSync } from './own-folder.ts';
import { requireRegularFile } from './read-regular-file.ts';

export interface RotatingFileOptions {
  path: string;
  /** A chunk that would make the file larger than this goes into a new one. */
  maxBytes: number;
  /** How many files are kept in all: `path`, `path.1` (the one before), `path.2` … */
  maxFiles: number;
}

/**
 * A stream that appends to a file that only its owner may read. The first chunk creates the file and its folder. A chunk is never split between two files. Each
 * one reaches the operating system before the next is taken, so nothing is lost when the program is killed. Meant for few lines.
 */
export class RotatingFile extends Writable {
  readonly #options: RotatingFileOptions;
  #descriptor = -1;
  #size = 0;

  constructor(options: RotatingFileOptions) {
    super();
    this.#options = options;
  }

  /** Ends the stream. Resolves when everything that can be written has been and the file is closed, even if writing failed before. Never rejects. */
  async finish(): Promise<void> {
    this.end();
    await finished(this).catch(() => undefined);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    try {
      if (this.#descriptor === -1) this.#open();
      if (this.#size > 0 && this.#size + chunk.length > this.#options.maxBytes) this.#rotate();
      writeFileSync(this.#descriptor, chunk);
      this.#size += chunk.length;
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    try {
      if (this.#descriptor !== -1) closeSync(this.#descriptor);
      this.#descriptor = -1;
      done(error);
    } catch (closeError) {
      done(error ?? (closeError as Error));
    }
  }

  #open(): void {
    const { path } = this.#options;
    ensureOwnFolderSync(dirname(path));
    this.#descriptor = openToAppend(path);
    this.#size = fstatSync(this.#descriptor).size;
  }

  #rotate(): void {
    const { path, maxFiles } = this.#options;
    const name = (age: number) => (age === 0 ? path : `${path}.${age}`);
    const open = this.#descriptor;
    this.#descriptor = -1;
    closeSync(open);
    rmSync(name(maxFiles - 1), { force: true });
    for (let age = maxFiles - 2; age >= 0; age -= 1) if (existsSync(name(age))) renameSync(name(age), name(age + 1));
    this.#open();
  }
}

/** Refuses a pipe, which would block, and a device, which would be written to. */
function openToAppend(path: string): number {
  const standing = statSync(path, { throwIfNoEntry: false });
  if (standing !== undefined) requireRegularFile(standing);
  return openSync(path, 'a', 0o600);
}
