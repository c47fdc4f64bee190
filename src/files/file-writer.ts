import { MultiagentError } from '../utils/multiagent-error.ts';
import { ArrivingFiles } from './arriving-files.ts';
import { BlockWriter, type PreviewedFile } from './block-writer.ts';
import { type KeepContent, RejectedTexts } from './keep-content.ts';
import { toBytes } from './disk/file-content.ts';
import { hashContent } from '../utils/hash-content.ts';
import { findFileBlocks, inferredFormat, type FileBlock, type UnnamedBlocks } from './file-blocks.ts';
import type { FileFormat } from './file-format.ts';
import { fileFormats } from './file-formats.ts';
import { definedNames } from './unnamed/inferred-name.ts';
import { FileManifest, type ManifestEntry } from './file-manifest.ts';
import { checkPath, collisionKey, RefusedPathError } from './disk/path-policy.ts';
import { shownName } from '../utils/printable.ts';
import { RunFolder, type WriteOutcome } from './disk/run-folder.ts';
import { replyFiles, type ReplyFiles } from './reply-files.ts';
import { FileWriteError, tooManyFiles, type WriteReport } from './write-report.ts';
import { describeSystemError, isSystemError } from './disk/system-file-error.ts';

/** Where files are written, and how replies are read. */
export interface FileWriterOptions {
  /** The run's folder, absolute; created by the first write. */
  folder: string;
  /** Keeps content before it is written to the disk, and returns its SHA-256 in hexadecimal. Default: only the hash. */
  keepContent?: KeepContent | undefined;
  /** Absolute: a folder around these, below which no link is followed; see `RunFolder`. Default: the folder itself. */
  within?: string | undefined;
  /** How replies name files, tried in order. Default: the built-in formats; add to them with `[...fileFormats, yours]`. */
  formats?: readonly FileFormat[] | undefined;
  /** The files of earlier tasks of the same run. */
  manifest?: Iterable<ManifestEntry> | undefined;
  /**
   * Reads a file that the user gave. If the run has no version of its own, edits may start from it and whole files are compared with it. The path has been
   * judged: relative, with `/`, without `..`.
   */
  readBase?: ((path: string) => Promise<string | undefined>) | undefined;
  /** The paths of these files: a block without a name may be a piece of one. Default: none. */
  basePaths?: (() => readonly string[]) | undefined;
  /** Absolute: where the texts of refused blocks are kept; created when needed. Default: only `keepContent` keeps them. */
  rejectedFolder?: string | undefined;
}

/** How to read blocks. */
export interface ParseOptions {
  /** Default: `infer`. */
  unnamed?: UnnamedBlocks | undefined;
}

/** How to write the files of a reply. */
export interface WriteBlocksOptions extends ParseOptions {
  /** The number of the task's step. Of two contents for one path, the one with the larger number counts, whichever was written first. */
  order: number;
  /**
   * The paths that the step is to deliver. Names are then not invented: a block without one is a demanded file if there is no doubt, else it is refused. A
   * demanded file that was given under another folder is written to its demanded path. Default: none.
   */
  expected?: readonly string[] | undefined;
  /** Whether the step may write, move or remove the file of this name. What it may not is refused. Default: all. */
  mayChange?: ((path: string) => boolean) | undefined;
  /** Whether this content would replace a file that the model was not shown. It is then refused, with all other blocks for the file. Default: none. */
  isUnseen?: ((path: string, content: string) => boolean) | undefined;
}

/** One file, and the task that it belongs to. */
export interface WriteFileOptions {
  /** Relative to the run's folder. */
  path: string;
  content: string | Uint8Array;
  taskId: string;
  order: number;
  /** For the report: how this became a file. */
  format: string;
  language?: string | undefined;
  /** The position of the content in the reply. Default: from 0 to its length. */
  range?: [number, number] | undefined;
  /** `from what stands`: it is a change of the present version, which it does not collide with. Default: `anew`. */
  starts?: 'anew' | 'from what stands' | undefined;
}

/**
 * Turns replies into files in the run's folder. Nothing is lost or overwritten unseen: contents are kept by hash first, then written byte for byte, and the
 * report says what became of every block. Calls may overlap, as parallel steps do; they take effect one after another.
 * @example
 * const writer = new FileWriter({ folder });
 * const reply = '```python:src/greet.py\nprint("Hello")\n```\n';
 * const { written, refused } = await writer.writeCodeBlocks(reply, 'greeting', 'developer', { order: 1 });
 * console.log(written.map(({ outcome, path }) => `${outcome} ${path}`), refused); // [ 'created src/greet.py' ] []
 */
export class FileWriter {
  readonly #folder: RunFolder;
  readonly #blocks: BlockWriter;
  readonly #formats: readonly FileFormat[];
  #last: Promise<unknown> = Promise.resolve();

  constructor({
    folder,
    within,
    keepContent = async (content) => hashContent(content),
    formats = fileFormats,
    manifest,
    readBase,
    basePaths,
    rejectedFolder,
  }: FileWriterOptions) {
    this.#folder = new RunFolder(folder, { within });
    this.#formats = formats;
    this.#blocks = new BlockWriter({
      folder: this.#folder,
      keepContent,
      manifest: new FileManifest(manifest),
      readBase: readBase ?? (async () => undefined),
      basePaths: basePaths ?? (() => []),
      rejected: rejectedFolder === undefined ? undefined : new RejectedTexts(new RunFolder(rejectedFolder, { within })),
    });
  }

  /** The blocks of a reply that are to become files, in order. Their names have not been judged yet: `writeCodeBlocks` may refuse them. */
  parseCodeBlocks(text: string, { unnamed = 'infer' }: ParseOptions = {}): FileBlock[] {
    return findFileBlocks(text, { formats: this.#formats, unnamed });
  }

  /**
   * What one file becomes with a reply that was asked for it, with pieces in their place. Nothing is written. Undefined if the reply contains nothing for it.
   */
  async previewFile(text: string, path: string): Promise<PreviewedFile | undefined> {
    const { blocks } = await this.#filesOf(text, { unnamed: 'infer', expected: [path] });
    const versions = blocks.filter((block) => block.path === path);
    return versions.length === 0 ? undefined : this.#blocks.preview({ path, versions, elsewhere: () => definedElsewhere(blocks, path) });
  }

  /** Follows a reply while it arrives. */
  followReply(): ArrivingFiles {
    return new ArrivingFiles(this.#formats);
  }

  /** The paths of the files in a reply, each once, without those that would be refused for their name. */
  extractFileStructure(text: string, options?: ParseOptions): string[] {
    const paths = this.parseCodeBlocks(text, options).flatMap(({ path, change }) => (change.kind === 'delete' ? [] : [path]));
    return [...new Set(paths.filter((path) => checkPath(path).kind === 'accepted'))];
  }

  /**
   * Writes the files of a whole reply. Of different blocks for one path the last one counts, and the others are reported as collisions.
   * @throws FileWriteError if the system cannot write; it contains the report of what was written by then. MultiagentError `files.too_many`, before anything is
   * written.
   */
  writeCodeBlocks(
    text: string,
    taskId: string,
    agentRole: string,
    { order, unnamed = 'infer', expected = [], mayChange = () => true, isUnseen = () => false }: WriteBlocksOptions,
  ): Promise<WriteReport> {
    return this.#oneAfterAnother(async () => {
      const report = emptyReport(taskId, agentRole);
      const { blocks, renamed, unclear, doubtful } = await this.#filesOf(text, { unnamed, expected });
      report.renamed.push(...renamed);
      const groups = Map.groupBy(blocks, ({ path }) => path);
      if (groups.size > mostFiles) throw tooManyFiles(`${groups.size} files, more than ${mostFiles}`);
      const pieces = blocks.length + doubtful.length + unclear.length;
      if (pieces > mostBlocks) throw tooManyFiles(`${pieces} blocks for files, more than ${mostBlocks}`);
      const taken = new Set(
        [...groups.values()].flatMap(([block]) => (block!.format === inferredFormat ? [] : [collisionKey(block!.path)])),
      );
      for (const [claimed, versions] of groups) {
        await reportingSystemErrors(claimed, report, async () => {
          const isInferred = versions[0]!.format === inferredFormat;
          if (isInferred && (await this.#blocks.isOfUser(versions[0]!))) return this.#blocks.refuser.refuseUnnamed(versions[0]!, report);
          const path = isInferred ? await this.#blocks.freeName(versions[0]!, taken) : claimed;
          taken.add(collisionKey(path));
          const isProtected = [path, ...versions.flatMap(movedFrom)].some((name) => !mayChange(name));
          if (isProtected) return this.#blocks.refuser.refuseProtected(versions, report);
          if (versions.some((block) => isWhole(block) && isUnseen(path, block.content)))
            return this.#blocks.refuser.refuseUnseen(versions, report);
          await this.#blocks.writeVersions({ path, versions, elsewhere: () => definedElsewhere(blocks, claimed) }, order, report);
        });
      }
      for (const piece of doubtful) await reportingSystemErrors('', report, () => this.#blocks.refuser.refusePiece(piece, report));
      for (const block of unclear) await reportingSystemErrors('', report, () => this.#blocks.refuser.refuseUnnamed(block, report));
      return report;
    });
  }

  /**
   * Writes one file by the same rules.
   * @throws FileWriteError if the system cannot write.
   */
  writeFile({
    path,
    content,
    taskId,
    order,
    format,
    language,
    range = [0, content.length],
    starts,
  }: WriteFileOptions): Promise<WriteReport> {
    return this.#oneAfterAnother(async () => {
      const report = emptyReport(taskId);
      const file = { path, content: toBytes(content), format, ...(language === undefined ? {} : { language }), range, starts };
      await reportingSystemErrors(path, report, () => this.#blocks.write(file, order, report));
      return report;
    });
  }

  /**
   * Removes one file by the rules for blocks that ask for it.
   * @throws FileWriteError if the system cannot remove it.
   */
  removeFile({ path, taskId, order, format }: Pick<WriteFileOptions, 'path' | 'taskId' | 'order' | 'format'>): Promise<WriteReport> {
    return this.#oneAfterAnother(async () => {
      const report = emptyReport(taskId);
      await reportingSystemErrors(path, report, () => this.#blocks.removeFile({ path, block: { format, range: [0, 0] } }, order, report));
      return report;
    });
  }

  /**
   * Writes a value as indented JSON with a line ending. It belongs to no task and cannot collide.
   * @throws MultiagentError `files.not_json`, RefusedPathError, FileWriteError.
   */
  writeJson(path: string, value: unknown): Promise<{ path: string; bytes: number; sha256: string; outcome: WriteOutcome }> {
    return this.#oneAfterAnother(() =>
      reportingSystemErrors(path, emptyReport(''), async () => {
        const content = toBytes(toJson(path, value));
        const result = await this.#folder.write(path, content);
        if (result.kind === 'refused') throw new RefusedPathError(result.refusal);
        return { path: result.path, bytes: content.byteLength, sha256: hashContent(content), outcome: result.outcome };
      }),
    );
  }

  #filesOf(text: string, read: { unnamed: UnnamedBlocks; expected: readonly string[] }): Promise<ReplyFiles> {
    return replyFiles(text, {
      ...read,
      formats: this.#formats,
      stands: (path) => this.#blocks.stands(path),
      knownFiles: () => this.#blocks.knownFiles(),
    });
  }

  #oneAfterAnother<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** A reply with more files than this comes from a model that repeats itself; none of it is written. */
const mostFiles = 1000;

/** Each of several blocks for one file is kept. */
const mostBlocks = 4000;

/** The file that a block moves away from its name. */
function movedFrom({ change }: FileBlock): string[] {
  return change.kind === 'move' ? [change.from] : [];
}

/** A change without a left side replaces the file, too. */
function isWhole({ change }: FileBlock): boolean {
  return change.kind === 'whole' || (change.kind === 'edit' && change.before.trim() === '');
}

/** The names that the blocks for other paths seem to define. */
function definedElsewhere(blocks: readonly FileBlock[], path: string): ReadonlySet<string> {
  const others = blocks.filter((block) => block.path !== path && block.change.kind === 'whole');
  return new Set(others.flatMap(namesOf));
}

const known = new WeakMap<FileBlock, readonly string[]>();

/** Cached, because each of the other blocks asks for it. */
function namesOf(block: FileBlock): readonly string[] {
  const names = known.get(block) ?? definedNames(block.content);
  known.set(block, names);
  return names;
}

function emptyReport(task: string, agentRole?: string): WriteReport {
  return {
    task,
    ...(agentRole === undefined ? {} : { agentRole }),
    written: [],
    removed: [],
    refused: [],
    collisions: [],
    unchanged: [],
    prose: [],
    renamed: [],
    unplaced: [],
  };
}

/** Turns the system's errors into one that says what to do and what was written before. */
async function reportingSystemErrors<Result>(path: string, report: WriteReport, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isSystemError(error) ? new FileWriteError(describeSystemError(error, shownName(path)), report) : error;
  }
}

function toJson(path: string, value: unknown): string {
  try {
    const text = JSON.stringify(value, undefined, 2);
    if (text === undefined) throw new TypeError('it is undefined, a function or a symbol');
    return `${text}\n`;
  } catch (error) {
    throw new MultiagentError({
      code: 'files.not_json',
      message: `The value for '${shownName(path)}' cannot be written as JSON: ${(error as Error).message}`,
      hint: 'Pass plain data: no cycles, no BigInt.',
      cause: error,
    });
  }
}
