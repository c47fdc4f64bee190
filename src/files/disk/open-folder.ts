/// <reference lib="esnext.disposable" preserve="true" />
import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, statSync } from 'node:fs';
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
export class OpenFolder implements Disposable {
  readonly #path: string;
  /** Of the open folder, where the system reaches what lies in it through that. */
  readonly #descriptor: number | undefined;
  readonly #identity: string;

  private constructor(path: string, descriptor: number | undefined, identity: string) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#identity = identity;
  }

  /** @returns undefined if a link or a file is there. @throws the system's error, such as ENOENT. */
  static open(path: string): OpenFolder | undefined {
    if (!reachesOpenFiles) {
      const stats = lstatSync(path);
      return stats.isDirectory() ? new OpenFolder(path, undefined, identityOf(stats)) : undefined;
    }
    let descriptor: number;
    try {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    } catch (error) {
      if (noFolder.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
    return new OpenFolder(path, descriptor, identityOf(fstatSync(descriptor)));
  }

  /** The path of something in this folder, for the system. */
  entry(name: string): string {
    return join(this.path, name);
  }

  /** The path of this folder, for the system. */
  get path(): string {
    return this.#descriptor === undefined ? this.#path : `${openFiles}/${this.#descriptor}`;
  }

  /** Whether a path, links followed, leads to this folder. */
  isStill(path: string): boolean {
    try {
      return identityOf(statSync(path)) === this.#identity;
    } catch {
      return false;
    }
  }

  [Symbol.dispose](): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

function identityOf({ dev, ino }: { dev: number | bigint; ino: number | bigint }): string {
  return `${dev}:${ino}`;
}
