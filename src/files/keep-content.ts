import type { RunFolder } from './disk/run-folder.ts';
/**
 * Keeps a content and resolves to its SHA-256. `full`: it is on the disk by then, because its only other copy is about to be overwritten. `normal`, the
 * default: it can be recreated from the reply.
 */
export type KeepContent = (content: Uint8Array, durability?: 'full' | 'normal') => Promise<string>;

/** Keeps the texts of refused blocks as files, named by their hash, so that a person can still use them. */
export class RejectedTexts {
  readonly #folder: RunFolder;

  /** @param folder Created with the first text. */
  constructor(folder: RunFolder) {
    this.#folder = folder;
  }

  /** @returns the name of the file. @throws the system's error. */
  async keep(content: Uint8Array, sha256: string): Promise<string> {
    const name = `${sha256.slice(0, 16)}.txt`;
    await this.#folder.write(name, content);
    return name;
  }
}
