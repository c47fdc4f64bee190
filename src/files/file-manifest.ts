import { collisionKey } from './disk/path-policy.ts';

/** The content of a path that counts, and the task that gave it. */
export interface ManifestEntry {
  path: string;
  sha256: string;
  task: string;
  /** The number of the task's step. */
  order: number;
  /** The task has removed the file, and this was its content. */
  removed?: boolean | undefined;
}

/** The files of a run so far, one entry for each path, ignoring case. */
export class FileManifest {
  readonly #entries = new Map<string, ManifestEntry>();

  constructor(entries: Iterable<ManifestEntry> = []) {
    for (const entry of entries) {
      const known = this.get(entry.path);
      if (known === undefined || entry.order >= known.order) this.set(entry);
    }
  }

  get(path: string): ManifestEntry | undefined {
    return this.#entries.get(collisionKey(path));
  }

  paths(): string[] {
    return [...this.#entries.values()].filter(({ removed }) => !removed).map(({ path }) => path);
  }

  set(entry: ManifestEntry): void {
    this.#entries.set(collisionKey(entry.path), entry);
  }
}
