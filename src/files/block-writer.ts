import { toBytes } from './disk/file-content.ts';
import { hashContent } from '../utils/hash-content.ts';
import { inferredFormat, type FileBlock } from './file-blocks.ts';
import type { FileManifest, ManifestEntry } from './file-manifest.ts';
import type { KnownFile } from './fragments/find-fragments.ts';
import { placeFragments, type DoubtfulPiece } from './fragments/place-fragments.ts';
import { checkContent } from './content-check.ts';
import { holdsOnlyProse } from './holds-only-prose.ts';
import { inferName, namesInTurn } from './unnamed/inferred-name.ts';
import { collisionKey, type Refusal } from './disk/path-policy.ts';
import { planVersions } from './plan-versions.ts';
import { shownName } from '../utils/printable.ts';
import type { RejectedTexts } from './rejected-texts.ts';
import type { RunFolder, WriteOutcome } from './disk/run-folder.ts';
import type { BlockRefusal, WriteReport } from './write-report.ts';

/**
 * Keeps a content and resolves to its SHA-256. `full`: it is on the disk by then, because what holds it otherwise is about to be overwritten; `normal`, the default:
 * it can be made again from the reply.
 */
export type KeepContent = (content: Uint8Array, durability?: 'full' | 'normal') => Promise<string>;

export interface BlockWriterOptions {
  folder: RunFolder;
  keepContent: KeepContent;
  manifest: FileManifest;
  readBase: (path: string) => Promise<string | undefined>;
  basePaths: () => readonly string[];
  rejected: RejectedTexts | undefined;
}

/** What a reply makes of a file. */
export interface PreviewedFile {
  content: string;
  language?: string | undefined;
  /** Where the block that it came from stands in the reply, in UTF-16 units. */
  range: [number, number];
}

/** Brings the blocks of a reply to the disk and says in a report what became of each. Calls must not overlap. */
export class BlockWriter {
  readonly #folder: RunFolder;
  readonly #keepContent: KeepContent;
  readonly #manifest: FileManifest;
  readonly #readBase: (path: string) => Promise<string | undefined>;
  readonly #basePaths: () => readonly string[];
  readonly #rejected: RejectedTexts | undefined;

  constructor({ folder, keepContent, manifest, readBase, basePaths, rejected }: BlockWriterOptions) {
    this.#folder = folder;
    this.#keepContent = keepContent;
    this.#manifest = manifest;
    this.#readBase = readBase;
    this.#basePaths = basePaths;
    this.#rejected = rejected;
  }

  /** What `writeVersions` would leave of a file, without writing; undefined where it would leave nothing. */
  async preview({ path, versions: given, elsewhere }: VersionsToWrite): Promise<PreviewedFile | undefined> {
    const resolved = await this.#folder.resolve(path);
    if (resolved.kind === 'refused') return undefined;
    const base = toText(await this.#folder.read(path)) ?? (await this.#readBase(resolved.path));
    const { versions } = await placeFragments({ path: resolved.path, versions: given, base, elsewhere });
    const { standing } = planVersions({ path: resolved.path, versions, current: base, compared: undefined });
    if (standing === undefined) return undefined;
    const { content, block } = standing;
    return { content, range: block.range, ...(block.language === undefined ? {} : { language: block.language }) };
  }

  async writeVersions({ path, versions: given, elsewhere }: VersionsToWrite, order: number, report: WriteReport): Promise<void> {
    const resolved = await this.#folder.resolve(path);
    if (resolved.kind === 'refused') {
      for (const block of given) await this.#refuse(block, resolved.refusal, report);
      return;
    }
    const known = this.#manifest.get(path);
    const there = toText(await this.#folder.read(path));
    const base = there ?? (await this.#readBase(resolved.path));
    const { versions, doubtful } = await placeFragments({ path: resolved.path, versions: given, base, elsewhere });
    for (const piece of doubtful) await this.refusePiece(piece, report);
    // A task may do its own file over, and of a file that a later step wrote nothing is taken away.
    const compared = known !== undefined && (known.task === report.task || known.order > order) ? undefined : base;
    const { standing, earlier, refused } = planVersions({ path: resolved.path, versions, current: base, compared });
    for (const { block, refusal } of refused) await this.#refuse(block, refusal, report);
    if (standing === undefined) return;
    const { block, content } = standing;
    if (content === base && earlier.length === 0 && isOfOthers(known, there, report.task)) {
      report.unchanged.push(resolved.path);
      return;
    }
    const { change } = block;
    const starts = change.kind === 'insert' || (change.kind === 'edit' && change.before.trim() !== '') ? 'from what stands' : 'anew';
    const refusal = await this.write({ ...block, path, content: toBytes(content), starts }, order, report);
    if (refusal === undefined && holdsOnlyProse(resolved.path, content)) report.prose.push(resolved.path);
    for (const version of earlier) {
      if (refusal === undefined) await this.#collide(path, version.content, report);
      else await this.#refuse(version.block, refusal, report);
    }
  }

  /** Writes one file. @returns the refusal, which the report then holds too. */
  async write(file: FileToWrite, order: number, report: WriteReport): Promise<Refusal | undefined> {
    const { content, format, language, range, starts } = file;
    const { task } = report;
    const sha256 = await this.#keepContent(content);
    const resolved = await this.#folder.resolve(file.path);
    if (resolved.kind === 'refused') return this.#refuse(file, resolved.refusal, report);
    const { path } = resolved;
    const known = this.#manifest.get(path);
    if (known !== undefined && known.order > order && known.sha256 !== sha256) {
      report.collisions.push({ path, task: known.task, sha256: known.sha256, earlier: { task, sha256 }, stands: 'other' });
      return undefined;
    }
    const there = await this.#folder.read(path);
    const replaced = there === undefined || Buffer.compare(there, content) === 0 ? undefined : await this.#keepContent(there, 'full');
    const result = await this.#folder.write(path, content);
    if (result.kind === 'refused') return this.#refuse(file, result.refusal, report);
    report.written.push({
      path,
      bytes: content.byteLength,
      sha256,
      outcome: outcomeOf(result.outcome, sha256, known),
      format,
      range,
      ...(language === undefined ? {} : { language }),
      ...(replaced === undefined ? {} : { replaced }),
    });
    if (known === undefined || known.order <= order) this.#manifest.set({ path, sha256, task, order });
    if (known !== undefined && known.sha256 !== sha256 && starts !== 'from what stands') {
      report.collisions.push({ path, task, sha256, earlier: { task: known.task, sha256: known.sha256 }, stands: 'this' });
    }
    return undefined;
  }

  /** Whether the run, or the user, has a file of this path. */
  async stands(path: string): Promise<boolean> {
    const resolved = await this.#folder.resolve(path);
    if (resolved.kind === 'refused') return false;
    return (await this.#folder.read(path)) !== undefined || (await this.#readBase(resolved.path)) !== undefined;
  }

  /** The files of the run, as they stand, and those of the user. */
  async knownFiles(): Promise<KnownFile[]> {
    const files: KnownFile[] = [];
    for (const path of new Set([...this.#manifest.paths(), ...this.#basePaths()])) {
      const resolved = await this.#folder.resolve(path);
      if (resolved.kind === 'refused') continue;
      const content = toText(await this.#folder.read(path)) ?? (await this.#readBase(resolved.path));
      if (content !== undefined) files.push({ path: resolved.path, content });
    }
    return files;
  }

  /** A piece of a file that has no place in it, or could have one in several files. A content that is refused anyway is refused for that. */
  async refusePiece({ block, name, reason, standing }: DoubtfulPiece, report: WriteReport): Promise<void> {
    const what = name === '' ? 'A block' : `The block with '${shownName(name)}'`;
    const where = block.path === '' ? 'a file' : `'${shownName(block.path)}'`;
    const message = `${what} is only a piece of ${where}, and its place is not clear: ${shownName(reason)}.`;
    const bad = checkContent({ path: block.path, content: block.content, existing: standing });
    await this.#refuse(block, bad ?? { reason: 'unplaced', message }, report);
    report.unplaced.push({ ...(block.path === '' ? {} : { path: block.path }), name, reason, range: block.range });
  }

  /** A block of which nobody can say which file it is: one of the demanded ones, or of the user's. */
  async refuseUnnamed(block: FileBlock, report: WriteReport): Promise<void> {
    const message = messageOfUnnamed(block);
    await this.#refuse(block, { reason: 'unnamed', message }, report);
  }

  async #refuse<Reason extends BlockRefusal>(block: BlockToRefuse, refusal: Reason, report: WriteReport): Promise<Reason> {
    const bytes = toBytes(block.content);
    const sha256 = await this.#keepContent(bytes);
    const keptAs = await this.#rejected?.keep(bytes, sha256);
    const { reason: code, message: reason } = refusal;
    const refused = { name: shownName(block.path), code, reason, content: Buffer.from(bytes).toString('utf8'), sha256, range: block.range };
    report.refused.push(keptAs === undefined ? refused : { ...refused, keptAs });
    return refusal;
  }

  /** Reports an earlier version from the same reply. It was never on the disk, but it is kept. */
  async #collide(path: string, content: string, report: WriteReport): Promise<void> {
    const { task, sha256, path: standingPath } = this.#manifest.get(path)!;
    const earlier = { task: report.task, sha256: await this.#keepContent(toBytes(content)) };
    if (earlier.sha256 === sha256) return;
    report.collisions.push({ path: standingPath, task, sha256, earlier, stands: task === report.task ? 'this' : 'other' });
  }

  /** Whether the user gave a file of the name that was inferred, with another content: the block may be a new version of it, or something else. */
  async isOfUser({ path, content }: FileBlock): Promise<boolean> {
    const base = await this.#readBase(path);
    return base !== undefined && base !== content;
  }

  /** A name was only inferred, so it never replaces a file, of the run or of the user: the next one that is free is used, or one whose file is the same. */
  async freeName(block: FileBlock, taken: ReadonlySet<string>): Promise<string> {
    const content = toBytes(block.content);
    const sha256 = hashContent(content);
    const names = namesInTurn(inferName(block) ?? { first: block.path, numbered: (number) => `${block.path}.${number}` });
    for (;;) {
      const path = names.next().value;
      if (taken.has(collisionKey(path))) continue;
      const there = await this.#folder.read(path);
      if (there !== undefined && Buffer.compare(there, content) === 0) return path;
      const known = this.#manifest.get(path);
      const isFree = there === undefined && (known === undefined || known.sha256 === sha256) && (await this.#readBase(path)) === undefined;
      if (isFree && (await this.#folder.resolve(path)).kind === 'accepted') return path;
    }
  }
}

/** The blocks of one reply for one path, in order. */
export interface VersionsToWrite {
  path: string;
  versions: readonly FileBlock[];
  /** What other blocks of the reply define. */
  elsewhere: () => ReadonlySet<string>;
}

export interface FileToWrite {
  path: string;
  content: Uint8Array;
  format: string;
  language?: string | undefined;
  range: [number, number];
  /** An edit starts from what stands there, so that it takes the place of nothing. Default: anew. */
  starts?: 'anew' | 'from what stands' | undefined;
}

function messageOfUnnamed({ path, format }: FileBlock): string {
  if (path !== '')
    return `A block of code names no file. By what it defines it could be '${shownName(path)}', which you gave: a name that is only inferred replaces no file of yours.`;
  return format === inferredFormat
    ? 'A block of code names no file, and nothing says what file it could be.'
    : 'A block of code names no file, and it is not clear which of the files that were asked for it is.';
}

interface BlockToRefuse {
  path: string;
  content: string | Uint8Array;
  range: [number, number];
}

/** Compared with what the run knew: a file that was written by a process killed before it could say so is new to the run. */
function outcomeOf(onDisk: WriteOutcome, sha256: string, known: ManifestEntry | undefined): WriteOutcome {
  if (onDisk !== 'unchanged') return onDisk;
  if (known === undefined) return 'created';
  return known.sha256 === sha256 ? 'unchanged' : 'updated';
}

/** A task that goes on brings its own files to the disk once more, and what a killed process wrote is still to be recorded. */
function isOfOthers(known: ManifestEntry | undefined, there: string | undefined, task: string): boolean {
  return known === undefined
    ? there === undefined
    : known.task !== task && there !== undefined && known.sha256 === hashContent(toBytes(there));
}

function toText(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}
