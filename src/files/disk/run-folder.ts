import { closeSync, constants, fstatSync, mkdirSync, openSync, readdirSync, readFile, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { FolderNames } from './folder-names.ts';
import { ifExists, statOf } from './system-file-error.ts';
import { isScript } from './file-content.ts';
import { OpenFolder } from './open-folder.ts';
import { checkPath, refuse, type CheckedPath, type Refusal } from './path-policy.ts';
import { refuseEntry } from './refuse-entry.ts';
import { syncFolder, writeAtomically, type WriteAtomicallyOptions } from './write-atomically.ts';

export type ResolvedPath =
  /** `path` is relative to the folder, with `/`; `file` is its place on the disk. */
  { kind: 'accepted'; path: string; file: string } | { kind: 'refused'; refusal: Refusal };

/** What a write did, compared with what was on the disk before. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged';

export type FolderWrite = { kind: 'written'; path: string; outcome: WriteOutcome } | { kind: 'refused'; refusal: Refusal };

export interface FolderWriteOptions {
  owner?: string | undefined;
  modes?: 'follow' | 'keep' | undefined;
  durability?: WriteAtomicallyOptions['durability'];
}

export interface RunFolderOptions {
  /**
   * Absolute: a folder around this one, or this one. Below it no link is followed. It may itself be reached through links, since people put their work on other
   * disks. Default: the folder itself.
   */
  within?: string | undefined;
  /** Permission bits of new folders. Default: the system's own. */
  folderMode?: number | undefined;
}

/** The folder of a file, held open, and the file's name in it. `missing`: the folder does not exist. */
export type Place = { kind: 'open'; folder: OpenFolder; name: string } | { kind: 'missing' } | { kind: 'refused'; refusal: Refusal };

/**
 * The one folder that a run may write to. Names come from a model, or from a journal that came with a project, and are not trusted: each is judged as text,
 * then against the real file system. Every operation on a file happens in its folder, which was reached from the outermost one step by step without a link and
 * is held open: whoever replaces it by a link in the meantime changes nothing. Links are never followed, not even those that stay inside: with two names for
 * one file, blocks could overwrite each other unseen.
 */
export class RunFolder {
  readonly folder: string;
  readonly #within: string;
  readonly #folderMode: number | undefined;
  /** From the outermost folder to this one. */
  readonly #way: readonly string[];
  readonly #names = new FolderNames();

  /** @param folder Absolute; created by the first write, with its parents. */
  constructor(folder: string, { within = folder, folderMode }: RunFolderOptions = {}) {
    if (!isAbsolute(folder)) {
      throw new MultiagentError({
        code: 'files.folder_not_absolute',
        message: `The folder of a run must be an absolute path, not '${folder}'.`,
        hint: 'Resolve it against the workspace first.',
      });
    }
    this.folder = folder;
    this.#folderMode = folderMode;
    const way = relative(within, folder);
    const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    this.#within = isInside ? within : folder;
    this.#way = isInside && way !== '' ? way.split(sep) : [];
  }

  /** Judges only the name, without looking at the disk. */
  check(name: string): CheckedPath {
    return checkPath(name);
  }

  /** Judges a name against the disk as it is now. Creates nothing. */
  async resolve(name: string): Promise<ResolvedPath> {
    const checked = checkPath(name);
    if (checked.kind === 'refused') return checked;
    const { path } = checked;
    const place = await this.#enter(path, 'look');
    if (place.kind === 'refused') return place;
    if (place.kind === 'open') {
      using folder = place.folder;
      const refusal = refuseEntry({ folder: folder.path, segment: place.name, path, place: 'file', names: this.#names });
      if (refusal !== undefined) return { kind: 'refused', refusal };
    }
    return { kind: 'accepted', path, file: this.#fileOf(path) };
  }

  /** The folder that a file is in, to work on the file there. The caller disposes of it. */
  async place(name: string): Promise<Place> {
    const checked = checkPath(name);
    if (checked.kind === 'refused') return checked;
    const place = await this.#enter(checked.path, 'look');
    if (place.kind !== 'open') return place;
    const refusal = refuseEntry({
      folder: place.folder.path,
      segment: place.name,
      path: checked.path,
      place: 'file',
      names: this.#names,
    });
    if (refusal === undefined) return place;
    place.folder[Symbol.dispose]();
    return { kind: 'refused', refusal };
  }

  /** This folder. Undefined if it does not exist, or is reached through a link. The caller disposes of it. */
  async open(): Promise<OpenFolder | undefined> {
    const place = await this.#enter('-', 'look');
    return place.kind === 'open' ? place.folder : undefined;
  }

  /** The folder that this one is in, and its name there. Only for a folder below the outermost one. The caller disposes of it. */
  async parent(): Promise<Place> {
    if (this.#way.length === 0) return { kind: 'missing' };
    return new RunFolder(dirname(this.folder), { within: this.#within }).folderPlace(basename(this.folder));
  }

  /** The folder that a folder or a link is in, to work on it there. The caller disposes of it. */
  async folderPlace(name: string): Promise<Place> {
    const checked = checkPath(name);
    return checked.kind === 'refused' ? checked : this.#enter(checked.path, 'look');
  }

  /** The bytes of a file in this folder. Undefined if there is none, or the name is refused. */
  async read(name: string): Promise<Uint8Array | undefined> {
    const place = await this.place(name);
    if (place.kind !== 'open') return undefined;
    using folder = place.folder;
    // Awaited here: the folder is held open until then.
    return await readFileOf(folder, place.name);
  }

  /**
   * Writes a file with exactly these bytes, but does not touch one that has them already. A new script can be run.
   * @param options `owner` and `durability`: see `writeAtomically`. `modes` of existing files: `follow` makes one that becomes a script executable, `keep` leaves them to the
   * files' owner.
   * @throws the system's error, such as a full disk. The file is then as it was.
   */
  async write(name: string, content: Uint8Array, { owner, modes = 'follow', durability }: FolderWriteOptions = {}): Promise<FolderWrite> {
    const checked = checkPath(name);
    if (checked.kind === 'refused') return checked;
    const { path } = checked;
    // No folder is created on the way to a refused place.
    let place = await this.place(name);
    if (place.kind === 'missing') place = await this.#make(path);
    if (place.kind === 'refused') return place;
    using folder = place.folder;
    const entry = folder.entry(place.name);
    const stats = statOf(entry);
    const standing = stats?.size === content.byteLength ? await readFileOf(folder, place.name) : undefined;
    if (standing !== undefined && Buffer.compare(standing, content) === 0) return { kind: 'written', path, outcome: 'unchanged' };
    const elsewhere: FolderWrite = { kind: 'refused', refusal: refuse('link', path, 'leads elsewhere since a moment ago') };
    const file = this.#fileOf(path);
    // The last check if the system writes at a path. If it writes in an open folder, nothing can have gone wrong.
    if (!folder.isStill(dirname(file))) return elsewhere;
    const kind = isScript(content) ? 'executable' : 'plain';
    const mode = stats && (modes === 'follow' && kind === 'executable' ? runnable(stats.mode) : stats.mode & 0o777);
    await writeAtomically({ file: entry, content, mode, kind, owner, durability });
    this.#names.added(folder.path, place.name);
    if (!folder.isStill(dirname(file))) return elsewhere;
    return { kind: 'written', path, outcome: stats === undefined ? 'created' : 'updated' };
  }

  async #make(path: string): Promise<Exclude<Place, { kind: 'missing' }>> {
    const place = await this.#enter(path, 'make');
    if (place.kind === 'missing') throw new Error(`The folder of ${path} was made and is not there.`);
    return place;
  }

  #fileOf(path: string): string {
    return join(this.#root(), ...this.#way, ...path.split('/'));
  }

  #root(): string {
    return ifExists(() => realpathSync.native(this.#within)) ?? this.#within;
  }

  /** Goes down to the folder of a file, from one open folder to the next. `make`: missing folders are created. */
  async #enter(path: string, purpose: 'look' | 'make'): Promise<Place> {
    if (purpose === 'make' && ifExists(() => statSync(this.#within)) === undefined) {
      await ensureFolder(this.#within);
      await syncFolder(dirname(this.#within));
    }
    const segments = [...this.#way, ...path.split('/')];
    const name = segments.pop() ?? '';
    const outermost = this.#root();
    const root = ifExists(() => OpenFolder.open(outermost));
    // If a file is in its place the system reports it, as it does for any folder that cannot be created.
    if (root === undefined && purpose === 'make') readdirSync(outermost);
    if (root === undefined) return { kind: 'missing' };
    let folder = root;
    for (const segment of segments) {
      using above: OpenFolder = folder;
      const refusal = refuseEntry({ folder: above.path, segment, path, place: 'folder', names: this.#names });
      if (refusal !== undefined) return { kind: 'refused', refusal };
      if (purpose === 'make' && ifMissing(() => mkdirSync(above.entry(segment), { mode: this.#folderMode })) !== 'exists')
        await syncFolder(above.path);
      const next: OpenFolder | 'link' | undefined = ifExists(() => OpenFolder.open(above.entry(segment)) ?? 'link');
      if (next === undefined) return { kind: 'missing' };
      if (next === 'link') return { kind: 'refused', refusal: refuse('link', path, 'leads through a link') };
      folder = next;
    }
    return { kind: 'open', folder, name };
  }
}

/** The mode in which whoever may read the file may also run it. */
function runnable(mode: number): number {
  return (mode | ((mode & 0o444) >> 2)) & 0o777;
}

/** Reads a file that is neither a link nor a pipe, whatever it was a moment ago. */
async function readFileOf(folder: OpenFolder, name: string): Promise<Uint8Array | undefined> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let file: number;
  try {
    file = openSync(folder.entry(name), flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
  try {
    return fstatSync(file).isFile() ? await readOpen(file) : undefined;
  } finally {
    closeSync(file);
  }
}

const readOpen: (file: number) => Promise<Uint8Array> = promisify(readFile);

function ifMissing(make: () => unknown): 'made' | 'exists' {
  try {
    make();
    return 'made';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'exists';
    throw error;
  }
}
