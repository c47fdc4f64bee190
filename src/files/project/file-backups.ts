import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { hashContent } from '../../utils/hash-content.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { removeIfEmpty, removeWhole } from '../disk/remove-file.ts';
import { RunFolder } from '../disk/run-folder.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const recordSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** ISO 8601. */
  appliedAt: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      /** SHA-256 of what stood there; null: there was nothing. */
      before: hash.nullable(),
      /** Null: the file was deleted; only in records of version 3. */
      after: hash.nullable(),
      /** Of the run's version; absent in records of version 1, which kept none. */
      brought: hash.optional(),
    }),
  ),
});

/** What bringing a file into a project does to it. */
export interface ProjectChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** Undefined: the file is new. */
  before: Uint8Array | undefined;
  /** Undefined: the file goes. */
  after: Uint8Array | undefined;
  /** The run's version, where `after` holds changes of somebody else, too. */
  merged?: Uint8Array | undefined;
}

export interface BackedUpFile {
  path: string;
  /** SHA-256 in hexadecimal; null: there was no file. */
  before: string | null;
  /** Null: the file was deleted. */
  after: string | null;
  /** The run's version, which `after` is unless changes of somebody else were merged into it. */
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
 * What stood in a project before files were brought into it, one numbered folder for each time: `record.json` with the hashes, and the files that were
 * replaced under `files/`. Under `brought/` lies what the run had made of them, from which later versions of it begin.
 */
export class FileBackups {
  readonly #folder: string;
  readonly #within: string;

  /** @param folder Absolute; made with the first backup. `within`: absolute, a folder around it, from which on no link is followed. */
  constructor(folder: string, { within = folder }: { within?: string | undefined } = {}) {
    this.#folder = folder;
    this.#within = within;
  }

  /** Also where there are none. */
  async removeAll(): Promise<void> {
    await removeWhole(this.#open(this.#folder));
  }

  /** Whose backups these are: part of the names of files that are being written. */
  get owner(): string {
    return basename(this.#folder);
  }

  /** What was kept from others in the project is kept from them here. */
  #open(folder: string): RunFolder {
    return new RunFolder(folder, { within: this.#within, folderMode: 0o700 });
  }

  /** Keeps what the changes will replace; on the disk when it resolves. @returns the folder of the backup. */
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
    // It comes last: a backup without it is none.
    await write(folder, 'record.json', Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`));
  }

  /** The newest whole backup. @throws MultiagentError `backup.damaged` when its record cannot be read. */
  async latest(): Promise<Backup | undefined> {
    for await (const backup of this.newestFirst()) return backup;
    return undefined;
  }

  /** The whole backups. @throws as `latest`. */
  async *newestFirst(): AsyncIterable<Backup> {
    for (const number of (await this.#numbers()).toSorted((a, b) => b - a)) {
      const folder = join(this.#folder, String(number).padStart(3, '0'));
      const record = await this.#open(folder).read('record.json');
      if (record !== undefined) yield { folder, ...parseRecord(record, folder) };
    }
  }

  /** What stood at a path, if it is still what was kept. */
  async contentOf({ folder }: Backup, { path, before }: BackedUpFile): Promise<Uint8Array | undefined> {
    return contentWithHash(this.#open(folder), `files/${path}`, before);
  }

  /** What the run had made of the file, if it was kept and is still what was kept. */
  async broughtContent({ folder }: Backup, { path, brought }: BackedUpFile): Promise<Uint8Array | undefined> {
    return contentWithHash(this.#open(folder), `brought/${path}`, brought);
  }

  /** Remembers that Git keeps what was brought in by this application, too. `backup`: the folder that `add` told. */
  async noteCommit(backup: string, commit: string): Promise<void> {
    await write(this.#open(backup), 'commit', Buffer.from(commit));
  }

  /** The commit that was made of an application, if one was; undefined for a text that is none. */
  async commitOf({ folder }: Backup): Promise<string | undefined> {
    const noted = Buffer.from((await this.#open(folder).read('commit')) ?? []).toString();
    return /^[0-9a-f]{4,64}$/.test(noted) ? noted : undefined;
  }

  async remove({ folder }: Backup): Promise<void> {
    await removeWhole(this.#open(folder));
    await removeIfEmpty(this.#open(this.#folder));
  }

  async #numbers(): Promise<number[]> {
    await using folder = await this.#open(this.#folder).open();
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
    message: `What stands in the project could not be kept: ${written.refusal.message} Nothing was changed.`,
    hint: 'Look at what stands in .multiagent/backups.',
  });
}

function parseRecord(record: Uint8Array, folder: string) {
  try {
    return recordSchema.parse(JSON.parse(Buffer.from(record).toString('utf8')));
  } catch (cause) {
    throw new MultiagentError({
      code: 'backup.damaged',
      message: `The record of the backup in ${folder} cannot be read.`,
      hint: `The files that were replaced lie in its folder "files"; take them back by hand, then remove ${folder}.`,
      cause,
    });
  }
}
