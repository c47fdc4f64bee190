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
  /** What asks for it. */
  block: Pick<FileBlock, 'format' | 'range'>;
  /** What the reply says that the file holds, where it says that. */
  shows?: string | undefined;
  /** The file's new name, where it was moved. */
  movedTo?: string | undefined;
}

/**
 * Removes files of a run, or says that a file of the user's is not wanted any more: nothing of the user's is touched here, `apply` does that where the user asks
 * for it. Only what stands there can be removed, and only by its name. What it held is kept first.
 */
export class FileRemover {
  readonly #options: FileRemoverOptions;

  constructor(options: FileRemoverOptions) {
    this.#options = options;
  }

  /** What the user gave at a path, unless a step has removed it. */
  async baseOf(path: string): Promise<string | undefined> {
    return this.#options.manifest.get(path)?.removed ? undefined : this.#options.readBase(path);
  }

  /**
   * The file that is to be moved, and what it holds. `isDone`: the same task has moved it already, and reads its reply once more; the text is then that of the new
   * place.
   */
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

  /** @returns why it stays; undefined where it is gone, which the report then holds. */
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
    // A task that goes on reads its reply once more.
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

/** Line by line, without their endings and without empty lines at the end. */
function isSame(shown: string, content: string): boolean {
  const plain = (text: string) => linesOf(text).map(withoutEnding).join('\n').trimEnd();
  return plain(shown) === plain(content);
}
