import { type FileStamp, isSameStamp } from '../below/folder-reader.ts';
import type { ProjectCache } from '../cache/project-cache.ts';
import type { RowCache } from '../cache/row-cache.ts';
import type { JudgedContent } from './judge-content.ts';

/** The number is raised whenever contents are judged in another way. */
const kind = 'judged contents 2';
/** About 1 kB for each of the most files that are looked at. */
const mostBytes = 200 * 1024 * 1024;

/**
 * A file that was written so shortly before it was read may be written once more within the same tick of a clock, and look the same: it is read again. As coarse
 * as the clock of any file system, in milliseconds.
 */
const tick = 2000;

type Kept = Exclude<JudgedContent, { kind: 'secret' }>;

/**
 * What earlier runs found out about the contents of a project's files, for as long as the system says that these were not written since. What holds a secret is
 * not kept: it is judged anew by whoever is about to show it.
 */
export class KnownContents {
  readonly #cache: RowCache;
  readonly #since: number;
  readonly #before: ReadonlyMap<string, readonly [FileStamp, Kept]>;
  readonly #now = new Map<string, readonly [FileStamp, Kept]>();
  /** Whether something is kept now that was not kept before. */
  #isNew = false;

  /** @param since When the first file is read, by the system's clock: milliseconds since 1970. */
  constructor(cache: ProjectCache, since: number) {
    this.#cache = cache.rows('contents', { kind, mostBytes });
    this.#since = since;
    this.#before = new Map(this.#cache.read().flatMap(entriesOf));
  }

  /** What a file holds. Undefined if it has to be read. @param glance What the system says of it now. */
  find(path: string, glance: () => FileStamp | undefined): Kept | undefined {
    const entry = this.#before.get(path);
    const stamp = entry === undefined ? undefined : glance();
    if (entry === undefined || stamp === undefined || !isSameStamp(entry[0], stamp)) return undefined;
    this.#now.set(path, entry);
    return entry[1];
  }

  /** @param stamp Of the file when it was read. */
  keep(path: string, stamp: FileStamp, content: Kept): void {
    if (Math.max(stamp.mtimeMs, stamp.ctimeMs) > this.#since - tick) return;
    // What is made while it is read, as some systems do, says nothing of itself beforehand.
    if (content.kind !== 'binary' && content.bytes !== stamp.size) return;
    this.#now.set(path, [stamp, content]);
    this.#isNew = true;
  }

  /** For the next run. Forgets what is not there any more. */
  async save(): Promise<void> {
    if (!this.#isNew && this.#now.size === this.#before.size) return;
    const now = this.#now;
    await this.#cache.write(
      (function* rows() {
        for (const [path, [stamp, content]] of now) yield rowOf(path, stamp, content);
      })(),
    );
  }
}

function rowOf(path: string, { size, mtimeMs, ctimeMs, ino }: FileStamp, content: Kept): readonly unknown[] {
  return [path, size, mtimeMs, ctimeMs, ino, content.kind, ...(content.kind === 'binary' ? [] : [content.sha256])];
}

/** By hand: a schema library takes longer for ten thousand rows than everything else. None for what is no such row. */
function entriesOf(row: unknown): [string, readonly [FileStamp, Kept]][] {
  if (!Array.isArray(row)) return [];
  const [path, size, mtimeMs, ctimeMs, ino, what, sha256] = row as unknown[];
  if (typeof path !== 'string') return [];
  if (typeof size !== 'number' || typeof mtimeMs !== 'number' || typeof ctimeMs !== 'number' || typeof ino !== 'number') return [];
  const stamp = { size, mtimeMs, ctimeMs, ino };
  if (what === 'binary') return [[path, [stamp, { kind: what }]]];
  if ((what !== 'written' && what !== 'generated') || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return [];
  return [[path, [stamp, { kind: what, bytes: size, sha256 }]]];
}
