/// <reference lib="esnext.disposable" preserve="true" />
import { constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';

/** By this path Linux reaches what is in an open folder, whatever has become of the names above it. Other systems have no such path. */
const openFiles = '/proc/self/fd';
const reachesOpenFiles = platform() === 'linux' && existsSync(openFiles);

/** Errors for a symbolic link, or something else, where a folder was expected. */
const noFolder = new Set(['ELOOP', 'ENOTDIR', 'EMLINK', 'EFTYPE']);

/**
 * A folder that is held open. On Linux whatever uses a path from `entry` happens in this very folder, even if somebody has replaced it, or a folder above it,
 * by a link. Elsewhere it happens at the folder's path, and `isStill` tells before and after whether that is still this folder.
 */
export class OpenFolder implements AsyncDisposable {
  readonly #path: string;
  readonly #handle: FileHandle | undefined;
  readonly #identity: string;

  private constructor(path: string, handle: FileHandle | undefined, identity: string) {
    this.#path = path;
    this.#handle = handle;
    this.#identity = identity;
  }

  /** @returns undefined if a link or a file is there. @throws the system's error, such as ENOENT. */
  static async open(path: string): Promise<OpenFolder | undefined> {
    if (!reachesOpenFiles) {
      const stats = await lstat(path);
      return stats.isDirectory() ? new OpenFolder(path, undefined, identityOf(stats)) : undefined;
    }
    try {
      const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      return new OpenFolder(path, handle, identityOf(await handle.stat()));
    } catch (error) {
      if (noFolder.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /** The path of something in this folder, for the system. */
  entry(name: string): string {
    return join(this.path, name);
  }

  /** The path of this folder, for the system. */
  get path(): string {
    return this.#handle === undefined ? this.#path : join(openFiles, String(this.#handle.fd));
  }

  /** Whether a path, links followed, leads to this folder. */
  async isStill(path: string): Promise<boolean> {
    return stat(path).then(
      (stats) => identityOf(stats) === this.#identity,
      () => false,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
  }
}

function identityOf({ dev, ino }: { dev: number | bigint; ino: number | bigint }): string {
  return `${dev}:${ino}`;
}
