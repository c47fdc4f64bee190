import { createHash } from 'node:crypto';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { findFileBlocks, freeInferredName, inferredFormat, type FileBlock, type UnnamedBlocks } from './file-blocks.ts';
import type { FileFormat } from './file-format.ts';
import { fileFormats } from './file-formats.ts';
import { FileManifest, type ManifestEntry } from './file-manifest.ts';
import { checkPath, collisionKey, type Refusal } from './path-policy.ts';
import { printable } from './printable.ts';
import { RefusedPathError } from './refused-path-error.ts';
import { RunFolder, type WriteOutcome } from './run-folder.ts';
import { describeSystemError, isSystemError } from './system-file-error.ts';
import { FileWriteError, type RefusedBlock, type WriteReport } from './write-report.ts';

export interface FileWriterOptions {
  /** The run's folder, absolute; created by the first write. */
  folder: string;
  /** Keeps content before it goes to the disk, and returns its SHA-256 in hexadecimal. Default: only the hash. */
  keepContent?: ((content: Uint8Array) => Promise<string>) | undefined;
  /** How replies name files, tried in order. Default: the built-in formats; add to them with `[...fileFormats, yours]`. */
  formats?: readonly FileFormat[] | undefined;
  /** The files of earlier tasks of the same run. */
  manifest?: Iterable<ManifestEntry> | undefined;
}

export interface ParseOptions {
  /** Default: `infer`. */
  unnamed?: UnnamedBlocks | undefined;
}

export interface WriteBlocksOptions extends ParseOptions {
  /** The number of the task's step: of two contents for one path, that of the larger number stands, whichever was written first. */
  order: number;
}

export interface WriteFileOptions {
  /** Relative to the run's folder. */
  path: string;
  content: string | Uint8Array;
  taskId: string;
  order: number;
  /** Stands in the report: how this came to be a file. */
  format: string;
  language?: string | undefined;
  /** Where the content stands in the reply. Default: from 0 to its length. */
  range?: [number, number] | undefined;
}

/**
 * Turns replies into files inside the run's folder. Nothing is lost and nothing overwritten unseen: contents are kept by hash first, then written
 * byte for byte, and the report says of every block what became of it. Calls may overlap, as parallel steps do; they take effect one after another.
 */
export class FileWriter {
  readonly #folder: RunFolder;
  readonly #keepContent: (content: Uint8Array) => Promise<string>;
  readonly #formats: readonly FileFormat[];
  readonly #manifest: FileManifest;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ folder, keepContent = hashContent, formats = fileFormats, manifest }: FileWriterOptions) {
    this.#folder = new RunFolder(folder);
    this.#keepContent = keepContent;
    this.#formats = formats;
    this.#manifest = new FileManifest(manifest);
  }

  /** The blocks of a reply that are to be files, in order. Names have not been judged yet: `writeCodeBlocks` may refuse them. */
  parseCodeBlocks(text: string, { unnamed = 'infer' }: ParseOptions = {}): FileBlock[] {
    return findFileBlocks(text, { formats: this.#formats, unnamed });
  }

  /** The paths that a reply would give, each once, without those that would be refused for their name. */
  extractFileStructure(text: string, options?: ParseOptions): string[] {
    const paths = this.parseCodeBlocks(text, options).map(({ path }) => path);
    return [...new Set(paths.filter((path) => checkPath(path).kind === 'accepted'))];
  }

  /**
   * Writes the files of a whole reply. Of different blocks for one path in the reply the last one stands, and the others are reported as collisions.
   * @throws FileWriteError when the system cannot write; it holds the report of what had been written.
   */
  writeCodeBlocks(text: string, taskId: string, _agentRole: string, { order, unnamed }: WriteBlocksOptions): Promise<WriteReport> {
    return this.#oneAfterAnother(async () => {
      const report = emptyReport();
      for (const versions of groupByPath(this.parseCodeBlocks(text, { unnamed }))) await this.#writeVersions(versions, taskId, order, report);
      return report;
    });
  }

  /**
   * Writes one file under the same rules.
   * @throws FileWriteError when the system cannot write.
   */
  writeFile({ path, content, taskId, order, format, language, range = [0, content.length] }: WriteFileOptions): Promise<WriteReport> {
    return this.#oneAfterAnother(async () => {
      const report = emptyReport();
      await this.#write({ path, content: toBytes(content), taskId, order, format, language, range }, report);
      return report;
    });
  }

  /**
   * Writes a value as JSON, indented, with a line ending. It belongs to no task and takes part in no collision.
   * @throws MultiagentError `files.not_json`, RefusedPathError, FileWriteError.
   */
  writeJson(path: string, value: unknown): Promise<{ path: string; bytes: number; sha256: string; outcome: WriteOutcome }> {
    return this.#oneAfterAnother(async () => {
      const content = toBytes(toJson(path, value));
      const sha256 = await hashContent(content);
      try {
        const result = await this.#folder.write(path, content);
        if (result.kind === 'refused') throw new RefusedPathError(result.refusal);
        return { path: result.path, bytes: content.byteLength, sha256, outcome: result.outcome };
      } catch (error) {
        throw isSystemError(error) ? new FileWriteError(describeSystemError(error, printable(path)), emptyReport()) : error;
      }
    });
  }

  async #writeVersions(versions: FileBlock[], task: string, order: number, report: WriteReport): Promise<void> {
    const filled = versions.filter(({ content }) => content !== '');
    const written = filled.at(-1) ?? versions.at(-1)!;
    for (const block of versions) {
      if (block === written) continue;
      if (block.content === '') await this.#refuseEmpty(block, report);
    }
    if (written.content === '' && ((await this.#folder.read(written.path))?.byteLength ?? 0) > 0) {
      await this.#refuseEmpty(written, report);
      return;
    }
    const path = written.format === inferredFormat ? await this.#freeName(written) : written.path;
    const content = toBytes(written.content);
    const before = report.refused.length;
    await this.#write({ ...written, path, content, taskId: task, order }, report);
    if (report.refused.length > before) return;
    const standing = this.#manifest.get(path)!;
    for (const block of filled.slice(0, -1)) {
      const sha256 = await this.#keepContent(toBytes(block.content));
      if (sha256 === standing.sha256) continue;
      const stands = standing.task === task ? 'this' : 'other';
      report.collisions.push({ path: standing.path, task: standing.task, sha256: standing.sha256, earlier: { task, sha256 }, stands });
    }
  }

  async #write(file: Omit<WriteFileOptions, 'range'> & { content: Uint8Array; range: [number, number] }, report: WriteReport): Promise<void> {
    const { content, taskId: task, order, format, language, range } = file;
    try {
      const resolved = await this.#folder.resolve(file.path);
      const sha256 = await this.#keepContent(content);
      if (resolved.kind === 'refused') {
        report.refused.push(refusedBlock(file, resolved.refusal, sha256));
        return;
      }
      const { path } = resolved;
      const known = this.#manifest.get(path);
      if (known !== undefined && known.order > order && known.sha256 !== sha256) {
        report.collisions.push({ path, task: known.task, sha256: known.sha256, earlier: { task, sha256 }, stands: 'other' });
        return;
      }
      const result = await this.#folder.write(path, content);
      if (result.kind === 'refused') {
        report.refused.push(refusedBlock(file, result.refusal, sha256));
        return;
      }
      const { outcome } = result;
      report.written.push({ path, bytes: content.byteLength, sha256, outcome, format, ...(language === undefined ? {} : { language }), range });
      if (known === undefined || known.order <= order) this.#manifest.set({ path, sha256, task, order });
      if (known !== undefined && known.sha256 !== sha256) {
        report.collisions.push({ path, task, sha256, earlier: { task: known.task, sha256: known.sha256 }, stands: 'this' });
      }
    } catch (error) {
      throw isSystemError(error) ? new FileWriteError(describeSystemError(error, printable(file.path)), report) : error;
    }
  }

  async #refuseEmpty(block: FileBlock, report: WriteReport): Promise<void> {
    const name = printable(block.path);
    report.refused.push({
      name,
      code: 'empty_content',
      reason: `The block for '${name}' is empty, and the file has content already.`,
      content: block.content,
      sha256: await this.#keepContent(toBytes(block.content)),
      range: block.range,
    });
  }

  /** A name was only inferred, so it never replaces a file: the next number is taken, unless the file is the same. */
  async #freeName(block: FileBlock): Promise<string> {
    const content = toBytes(block.content);
    const taken = new Set<string>();
    for (;;) {
      const path = freeInferredName(block, (candidate) => !taken.has(candidate))!;
      const resolved = await this.#folder.resolve(path);
      const there = resolved.kind === 'accepted' ? await this.#folder.read(path) : undefined;
      const isFree = resolved.kind === 'accepted' && there === undefined && this.#manifest.get(path) === undefined;
      if (isFree || (there !== undefined && Buffer.compare(there, content) === 0)) return path;
      taken.add(path);
    }
  }

  #oneAfterAnother<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function groupByPath(blocks: FileBlock[]): FileBlock[][] {
  const groups = new Map<string, FileBlock[]>();
  for (const block of blocks) {
    const key = collisionKey(block.path);
    groups.set(key, [...(groups.get(key) ?? []), block]);
  }
  return [...groups.values()];
}

function refusedBlock({ path, content, range }: { path: string; content: Uint8Array; range: [number, number] }, refusal: Refusal, sha256: string): RefusedBlock {
  const text = Buffer.from(content).toString('utf8');
  return { name: printable(path), code: refusal.reason, reason: refusal.message, content: text, sha256, range };
}

function emptyReport(): WriteReport {
  return { written: [], refused: [], collisions: [] };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

async function hashContent(content: Uint8Array): Promise<string> {
  return createHash('sha256').update(content).digest('hex');
}

function toJson(path: string, value: unknown): string {
  try {
    const text = JSON.stringify(value, undefined, 2);
    if (text === undefined) throw new TypeError('it is undefined, a function or a symbol');
    return `${text}\n`;
  } catch (error) {
    throw new MultiagentError({
      code: 'files.not_json',
      message: `What was to be written to '${printable(path)}' cannot be JSON: ${(error as Error).message}`,
      hint: 'Pass plain data: no cycles, no BigInt.',
      cause: error,
    });
  }
}
