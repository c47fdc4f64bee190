import { hashContent } from '../../../src/utils/hash-content.ts';

/** Contents by hash, and which streams need them. */
export class MemoryContents {
  readonly #contents = new Map<string, { bytes: Uint8Array; neededBy: Set<string | undefined> }>();

  /** Without a stream it is needed for ever. */
  put(content: Uint8Array, stream?: string): string {
    const sha256 = hashContent(content);
    const kept = this.#contents.get(sha256) ?? { bytes: Uint8Array.from(content), neededBy: new Set() };
    kept.neededBy.add(stream);
    this.#contents.set(sha256, kept);
    return sha256;
  }

  get(sha256: string): Uint8Array | undefined {
    return this.#contents.get(sha256)?.bytes.slice();
  }

  /** @returns how many were removed because no other stream needs them. */
  forget(stream: string): number {
    let removed = 0;
    for (const [sha256, { neededBy }] of this.#contents) {
      if (!neededBy.delete(stream) || neededBy.size > 0) continue;
      this.#contents.delete(sha256);
      removed += 1;
    }
    return removed;
  }
}
