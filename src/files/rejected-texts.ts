import type { RunFolder } from './disk/run-folder.ts';

/** Keeps the texts of refused blocks as files, called by their hash, so that a person can still use them. */
export class RejectedTexts {
  readonly #folder: RunFolder;

  /** @param folder Created by the first text. */
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
