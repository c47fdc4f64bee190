import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { hashContent } from '../../utils/hash-content.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { removeIfEmpty, removeWhole } from '../../files/disk/remove-file.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const recordSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** ISO 8601. */
  appliedAt: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      /** SHA-256 of what was there; null: nothing. */
      before: hash.nullable(),
      /** Null: the file was deleted. Only in records of version 3. */
      after: hash.nullable(),
      /** SHA-256 of the run's version. Absent in records of version 1, which kept none. */
      brought: hash.optional(),
    }),
  ),
});

/** The change to one file when a run's files are brought into a project. */
export interface ProjectChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** Undefined: the file is new. */
  before: Uint8Array | undefined;
  /** Undefined: the file is removed. */
  after: Uint8Array | undefined;
  /** The run's version, if `after` also contains somebody else's changes. */
  merged?: Uint8Array | undefined;
}

export interface BackedUpFile {
  path: string;
  /** SHA-256 in hexadecimal; null: there was no file. */
  before: string | null;
  /** Null: the file was deleted. */
  after: string | null;
  /** The run's version. It equals `after` unless somebody else's changes were merged. */
  brought?: string | undefined;
}

export interface Backup {
  /** Absolute. */
  folder: string;
  /** ISO 8601. */
  appliedAt: string;
  files: BackedUpFile[];
}

/**
 * The state of a project before files were brought into it, in one numbered folder for each time: `record.json` with the hashes, and the replaced files under
 * `files/`. The run's versions are under `brought/`; later versions start from them.
 */
export class FileBackups {
  readonly #folder: string;
  readonly #within: string;

  /** @param folder Absolute; created with the first backup. `within`: absolute, a folder around it, below which no link is followed. */
  constructor(folder: string, { within = folder }: { within?: string | undefined } = {}) {
    this.#folder = folder;
    this.#within = within;
  }

  /** Removes all backups. There may be none. */
  async removeAll(): Promise<void> {
    await removeWhole(this.#open(this.#folder));
  }

  /** The owner of these backups: part of the names of files that are being written. */
  get owner(): string {
    return basename(this.#folder);
  }

  /** What others could not read in the project they cannot read here either. */
  #open(folder: string): RunFolder {
    return new RunFolder(folder, { within: this.#within, folderMode: 0o700 });
  }

  /** Keeps what the changes will replace. It is on the disk when this resolves. @returns the folder of the backup. */
  async add(changes: readonly ProjectChange[], now: number): Promise<string> {
    const number = Math.max(0, ...(await this.#numbers())) + 1;
    const name = join(this.#folder, String(number).padStart(3, '0'));
    try {
      await this.#fill(this.#open(name), changes, now);
    } catch (error) {
      await removeWhole(this.#open(name)).catch(() => undefined);
      throw error;
    }
    return name;
  }

  async #fill(folder: RunFolder, changes: readonly ProjectChange[], now: number): Promise<void> {
    for (const { path, before, after, merged = after } of changes) {
      if (before !== undefined) await write(folder, `files/${path}`, before);
      if (merged !== undefined) await write(folder, `brought/${path}`, merged);
    }
    const files = changes.map(({ path, before, after, merged = after }) => ({
      path,
      before: before === undefined ? null : hashContent(before),
      after: after === undefined ? null : hashContent(after),
      ...(merged === undefined ? {} : { brought: hashContent(merged) }),
    }));
    const record: z.input<typeof recordSchema> = {
      version: files.some((file) => file.after === null) ? 3 : 2,
      appliedAt: new Date(now).toISOString(),
      files,
    };
    // It comes last: a backup without it does not count.
    await write(folder, 'record.json', Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`));
  }

  /** The newest complete backup. @throws MultiagentError `backup.damaged` if its record cannot be read. */
  async latest(): Promise<Backup | undefined> {
    for await (const backup of this.newestFirst()) return backup;
    return undefined;
  }

  /** The complete backups. @throws as `latest`. */
  async *newestFirst(): AsyncIterable<Backup> {
    for (const number of (await this.#numbers()).toSorted((a, b) => b - a)) {
      const folder = join(this.#folder, String(number).padStart(3, '0'));
      const record = await this.#open(folder).read('record.json');
      if (record !== undefined) yield { folder, ...parseRecord(record, folder) };
    }
  }

  /** The earlier content at a path, if it is still what was kept. */
  async contentOf({ folder }: Backup, { path, before }: BackedUpFile): Promise<Uint8Array | undefined> {
    return contentWithHash(this.#open(folder), `files/${path}`, before);
  }

  /** The run's version of the file, if it was kept and is still what was kept. */
  async broughtContent({ folder }: Backup, { path, brought }: BackedUpFile): Promise<Uint8Array | undefined> {
    return contentWithHash(this.#open(folder), `brought/${path}`, brought);
  }

  /** Records the Git commit that also keeps what was brought in. `backup`: the folder that `add` returned. */
  async noteCommit(backup: string, commit: string): Promise<void> {
    await write(this.#open(backup), 'commit', Buffer.from(commit));
  }

  /** The commit that was made of a backup's changes, if any. Undefined for a text that is not a commit. */
  async commitOf({ folder }: Backup): Promise<string | undefined> {
    const noted = Buffer.from((await this.#open(folder).read('commit')) ?? []).toString();
    return /^[0-9a-f]{4,64}$/.test(noted) ? noted : undefined;
  }

  async remove({ folder }: Backup): Promise<void> {
    await removeWhole(this.#open(folder));
    await removeIfEmpty(this.#open(this.#folder));
  }

  async #numbers(): Promise<number[]> {
    using folder = await this.#open(this.#folder).open();
    const names = folder === undefined ? [] : await readdir(folder.path);
    return names.filter((name) => /^\d{3,9}$/.test(name)).map(Number);
  }
}

async function contentWithHash(folder: RunFolder, path: string, sha256: string | null | undefined): Promise<Uint8Array | undefined> {
  const content = await folder.read(path);
  return content !== undefined && hashContent(content) === sha256 ? content : undefined;
}

async function write(folder: RunFolder, path: string, content: Uint8Array): Promise<void> {
  const written = await folder.write(path, content);
  if (written.kind === 'written') return;
  throw new MultiagentError({
    code: 'backup.refused',
    message: `The files to be replaced could not be backed up: ${written.refusal.message} Nothing was changed.`,
    hint: 'Look at what is in .multiagent/backups.',
  });
}

function parseRecord(record: Uint8Array, folder: string) {
  try {
    return recordSchema.parse(JSON.parse(Buffer.from(record).toString('utf8')));
  } catch (cause) {
    throw new MultiagentError({
      code: 'backup.damaged',
      message: `The record of the backup in ${folder} cannot be read.`,
      hint: `The replaced files are in its folder "files". Restore them by hand, then remove ${folder}.`,
      cause,
    });
  }
}
