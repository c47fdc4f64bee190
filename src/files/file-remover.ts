import { hashContent } from '../utils/hash-content.ts';
import { shownName } from '../utils/printable.ts';
import type { RunFolder } from './disk/run-folder.ts';
import type { FileManifest } from './file-manifest.ts';
import type { KeepContent } from './keep-content.ts';
import { removeFile } from './disk/remove-file.ts';
import { toBytes } from './disk/file-content.ts';
import { linesOf, withoutEnding } from './edits/lines-of.ts';
import type { FileBlock } from './file-blocks.ts';
import type { BlockRefusal, WriteReport } from './write-report.ts';

export interface FileRemoverOptions {
  folder: RunFolder;
  keepContent: KeepContent;
  manifest: FileManifest;
  /** As of `FileWriterOptions`. */
  readBase: (path: string) => Promise<string | undefined>;
}

export interface RemovalOfFile {
  path: string;
  /** The block that asks for it. */
  block: Pick<FileBlock, 'format' | 'range'>;
  /** The file's content according to the reply, if the reply shows it. */
  shows?: string | undefined;
  /** The file's new name, if it was moved. */
  movedTo?: string | undefined;
}

/**
 * Removes files of a run, or records that a file of the user's is no longer wanted. The user's own files are not touched here; `apply` does that if the user
 * asks for it. Only a file that exists can be removed, and only by its name. Its content is kept first.
 */
export class FileRemover {
  readonly #options: FileRemoverOptions;

  constructor(options: FileRemoverOptions) {
    this.#options = options;
  }

  /** The user's file at a path, unless a step has removed it. */
  async baseOf(path: string): Promise<string | undefined> {
    return this.#options.manifest.get(path)?.removed ? undefined : this.#options.readBase(path);
  }

  /** The file to move, and its content. `isDone`: the same task has moved it already and is reading its reply again; the text is then that of the new place. */
  async sourceOf(
    name: string,
    to: string,
    { order, task }: { order: number; task: string },
  ): Promise<{ path: string; text: string; isDone: boolean } | BlockRefusal> {
    const { folder, manifest } = this.#options;
    const resolved = await folder.resolve(name);
    if (resolved.kind === 'refused') return resolved.refusal;
    const { path } = resolved;
    const known = manifest.get(path);
    const isDone = known?.removed === true && known.task === task;
    const place = isDone ? to : path;
    const there = await folder.read(place);
    const text = there === undefined ? await this.baseOf(place) : Buffer.from(there).toString('utf8');
    const says = `The reply moves '${shownName(path)}'`;
    if (text === undefined) return { reason: 'not_there', message: `${says}, which is not there.` };
    if (known !== undefined && known.order > order)
      return { reason: 'later_version', message: `${says}, which a later step has changed: that counts.` };
    return { path, text, isDone };
  }

  /** @returns why it stays. Undefined if it was removed, which the report then records. */
  async remove(
    { path: name, block, shows, movedTo }: RemovalOfFile,
    order: number,
    report: WriteReport,
  ): Promise<BlockRefusal | undefined> {
    const { folder, manifest, keepContent } = this.#options;
    const resolved = await folder.resolve(name);
    if (resolved.kind === 'refused') return resolved.refusal;
    const { path } = resolved;
    const known = manifest.get(path);
    const { format, range } = block;
    const described = { path, format, range, ...(movedTo === undefined ? {} : { movedTo }) };
    // A task that is resumed reads its reply again.
    if (known?.removed && known.task === report.task) {
      report.removed.push({ ...described, sha256: known.sha256 });
      return undefined;
    }
    const there = await folder.read(path);
    const base = there === undefined ? await this.baseOf(path) : undefined;
    const content = there ?? (base === undefined ? undefined : toBytes(base));
    const says = `The reply ${movedTo === undefined ? 'deletes' : 'moves'} '${shownName(path)}'`;
    if (content === undefined) return { reason: 'not_there', message: `${says}, which is not there.` };
    if (known !== undefined && known.order > order)
      return { reason: 'later_version', message: `${says}, which a later step has ${known.removed ? 'removed' : 'written'}: that counts.` };
    if (shows !== undefined && !isSame(shows, Buffer.from(content).toString('utf8')))
      return { reason: 'edit_unreadable', message: `${says}, and does not show what it holds: it stays.` };
    const sha256 = await keepContent(content, 'full');
    const removed = await removeFile(folder, path);
    if (removed.kind === 'refused') return removed.refusal;
    manifest.set({ path, sha256: hashContent(content), task: report.task, order, removed: true });
    report.removed.push({ ...described, sha256 });
    return undefined;
  }
}

/** Compares line by line, ignoring line endings and empty lines at the end. */
function isSame(shown: string, content: string): boolean {
  const plain = (text: string) => linesOf(text).map(withoutEnding).join('\n').trimEnd();
  return plain(shown) === plain(content);
}
