import { toBytes } from './disk/file-content.ts';
import { hashContent } from '../utils/hash-content.ts';
import { BlockRefuser } from './block-refuser.ts';
import type { FileBlock } from './file-blocks.ts';
import { FileRemover, type RemovalOfFile } from './file-remover.ts';
import type { FileManifest, ManifestEntry } from './file-manifest.ts';
import type { KnownFile } from './fragments/find-fragments.ts';
import { placeFragments } from './fragments/place-fragments.ts';
import { holdsOnlyProse } from './comments-only.ts';
import { inferName, namesInTurn } from './unnamed/inferred-name.ts';
import { collisionKey } from './disk/path-policy.ts';
import { isContent, planMove } from './plan-move.ts';
import type { KeepContent, RejectedTexts } from './keep-content.ts';
import { planVersions, type VersionsToWrite } from './plan-versions.ts';
import { shownName } from '../utils/printable.ts';
import type { RunFolder, WriteOutcome } from './disk/run-folder.ts';
import type { BlockRefusal, WriteReport } from './write-report.ts';

export interface BlockWriterOptions {
  folder: RunFolder;
  keepContent: KeepContent;
  manifest: FileManifest;
  readBase: (path: string) => Promise<string | undefined>;
  basePaths: () => readonly string[];
  rejected: RejectedTexts | undefined;
}

/** What a file becomes with a reply. */
export interface PreviewedFile {
  content: string;
  language?: string | undefined;
  /** The position in the reply of the block that it came from, in UTF-16 units. */
  range: [number, number];
}

/** Writes the blocks of a reply to the disk and reports what became of each. Calls must not overlap. */
export class BlockWriter {
  readonly #folder: RunFolder;
  readonly #keepContent: KeepContent;
  readonly #manifest: FileManifest;
  readonly #remover: FileRemover;
  readonly #basePaths: () => readonly string[];
  /** For blocks that are not files. */
  readonly refuser: BlockRefuser;

  constructor({ folder, keepContent, manifest, readBase, basePaths, rejected }: BlockWriterOptions) {
    this.#folder = folder;
    this.#keepContent = keepContent;
    this.#manifest = manifest;
    this.#remover = new FileRemover({ folder, keepContent, manifest, readBase });
    this.#basePaths = basePaths;
    this.refuser = new BlockRefuser({ keepContent, rejected });
  }

  /** What `writeVersions` would make of a file, without writing it. Undefined if nothing would be left. */
  async preview({ path, versions: given, elsewhere }: VersionsToWrite): Promise<PreviewedFile | undefined> {
    const resolved = await this.#folder.resolve(path);
    if (resolved.kind === 'refused') return undefined;
    const base = toText(await this.#folder.read(path)) ?? (await this.#remover.baseOf(resolved.path));
    const { versions } = await placeFragments({ path: resolved.path, versions: given.filter(isContent), base, elsewhere });
    const { standing } = planVersions({ path: resolved.path, versions, current: base, compared: undefined });
    if (standing === undefined) return undefined;
    const { content, block } = standing;
    return { content, range: block.range, ...(block.language === undefined ? {} : { language: block.language }) };
  }

  async writeVersions({ path, versions: given, elsewhere }: VersionsToWrite, order: number, report: WriteReport): Promise<void> {
    const resolved = await this.#folder.resolve(path);
    if (resolved.kind === 'refused') {
      for (const block of given) await this.refuser.refuse(block, resolved.refusal, report);
      return;
    }
    const last = given.at(-1)!;
    if (last.change.kind === 'delete') return this.#remove(last, { path: resolved.path, shows: last.change.shows }, order, report);
    const moved = given.find(({ change }) => change.kind === 'move');
    if (moved !== undefined) return this.#move(moved, { path: resolved.path, versions: given, elsewhere }, order, report);
    const known = this.#manifest.get(path);
    const there = toText(await this.#folder.read(path));
    const base = there ?? (await this.#remover.baseOf(resolved.path));
    const { versions, doubtful } = await placeFragments({ path: resolved.path, versions: given.filter(isContent), base, elsewhere });
    for (const piece of doubtful) await this.refuser.refusePiece(piece, report);
    // A task may rewrite its own file, and a file that a later step wrote loses nothing.
    const compared = known !== undefined && (known.task === report.task || known.order > order) ? undefined : base;
    const { standing, earlier, refused } = planVersions({ path: resolved.path, versions, current: base, compared });
    for (const { block, refusal } of refused) await this.refuser.refuse(block, refusal, report);
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
      else await this.refuser.refuse(version.block, refusal, report);
    }
  }

  /** @returns why it stays. Undefined if it was removed. */
  removeFile(removal: RemovalOfFile, order: number, report: WriteReport): Promise<BlockRefusal | undefined> {
    return this.#remover.remove(removal, order, report);
  }

  async #remove(block: FileBlock, removal: Omit<RemovalOfFile, 'block'>, order: number, report: WriteReport): Promise<void> {
    const refusal = await this.#remover.remove({ ...removal, block }, order, report);
    if (refusal !== undefined) await this.refuser.refuse(block, refusal, report);
  }

  /** Moves the content from the old name to the new one, with the changes that the reply makes; all of it, or nothing. */
  async #move(block: FileBlock, file: VersionsToWrite, order: number, report: WriteReport): Promise<void> {
    const { path } = file;
    const source = await this.#remover.sourceOf(block.change.kind === 'move' ? block.change.from : path, path, {
      order,
      task: report.task,
    });
    if ('reason' in source) return void (await this.refuser.refuse(block, source, report));
    const plan = await planMove(block, source.text, source.isDone ? { ...file, versions: [] } : file);
    if (plan.kind === 'refused') {
      for (const one of plan.refused) await this.refuser.refuse(one.block, one.refusal, report);
      for (const piece of plan.doubtful) await this.refuser.refusePiece(piece, report);
      const message = `'${shownName(source.path)}' was not moved, because a change in the same reply could not be made.`;
      return void (await this.refuser.refuse(block, { reason: 'edit_abandoned', message }, report));
    }
    const refusal = await this.write({ ...block, path, content: toBytes(plan.content) }, order, report);
    if (refusal === undefined && source.path !== path) await this.#remove(block, { path: source.path, movedTo: path }, order, report);
  }

  /** Writes one file. @returns the refusal, which is then in the report, too. */
  async write(file: FileToWrite, order: number, report: WriteReport): Promise<BlockRefusal | undefined> {
    const { content, format, language, range, starts } = file;
    const { task } = report;
    const sha256 = await this.#keepContent(content);
    const resolved = await this.#folder.resolve(file.path);
    if (resolved.kind === 'refused') return this.refuser.refuse(file, resolved.refusal, report);
    const { path } = resolved;
    const recorded = this.#manifest.get(path);
    if (recorded?.removed && recorded.order > order) {
      const message = `A later step has removed '${shownName(path)}': that counts.`;
      return this.refuser.refuse(file, { reason: 'later_version', message }, report);
    }
    const known = recorded?.removed ? undefined : recorded;
    report.removed = report.removed.filter((gone) => collisionKey(gone.path) !== collisionKey(path));
    if (known !== undefined && known.order > order && known.sha256 !== sha256) {
      report.collisions.push({ path, task: known.task, sha256: known.sha256, earlier: { task, sha256 }, stands: 'other' });
      return undefined;
    }
    const there = await this.#folder.read(path);
    const replaced = there === undefined || Buffer.compare(there, content) === 0 ? undefined : await this.#keepContent(there, 'full');
    const result = await this.#folder.write(path, content);
    if (result.kind === 'refused') return this.refuser.refuse(file, result.refusal, report);
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
    return (await this.#folder.read(path)) !== undefined || (await this.#remover.baseOf(resolved.path)) !== undefined;
  }

  /** The run's current files, and the user's. */
  async knownFiles(): Promise<KnownFile[]> {
    const files: KnownFile[] = [];
    for (const path of new Set([...this.#manifest.paths(), ...this.#basePaths()])) {
      const resolved = await this.#folder.resolve(path);
      if (resolved.kind === 'refused') continue;
      const content = toText(await this.#folder.read(path)) ?? (await this.#remover.baseOf(resolved.path));
      if (content !== undefined) files.push({ path: resolved.path, content });
    }
    return files;
  }

  /** Reports an earlier version from the same reply, which was never on the disk but is kept. */
  async #collide(path: string, content: string, report: WriteReport): Promise<void> {
    const { task, sha256, path: standingPath } = this.#manifest.get(path)!;
    const earlier = { task: report.task, sha256: await this.#keepContent(toBytes(content)) };
    if (earlier.sha256 === sha256) return;
    report.collisions.push({ path: standingPath, task, sha256, earlier, stands: task === report.task ? 'this' : 'other' });
  }

  /** Whether the user gave a file with the inferred name and another content: the block may be a new version of it, or something else. */
  async isOfUser({ path, content }: FileBlock): Promise<boolean> {
    const base = await this.#remover.baseOf(path);
    return base !== undefined && base !== content;
  }

  /** An inferred name never replaces a file, neither the run's nor the user's. The next free one is used, or one whose file is the same. */
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
      const isFree =
        there === undefined && (known === undefined || known.sha256 === sha256) && (await this.#remover.baseOf(path)) === undefined;
      if (isFree && (await this.#folder.resolve(path)).kind === 'accepted') return path;
    }
  }
}

export interface FileToWrite {
  path: string;
  content: Uint8Array;
  format: string;
  language?: string | undefined;
  range: [number, number];
  /** An edit starts from the current content, so it replaces nothing. Default: anew. */
  starts?: 'anew' | 'from what stands' | undefined;
}

/** The outcome compared with what the run knew: a file written by a process that was killed before it could record it is new to the run. */
function outcomeOf(onDisk: WriteOutcome, sha256: string, known: ManifestEntry | undefined): WriteOutcome {
  if (onDisk !== 'unchanged') return onDisk;
  if (known === undefined) return 'created';
  return known.sha256 === sha256 ? 'unchanged' : 'updated';
}

/** Whether the file belongs to another task. A task that is resumed writes its own files again, and what a killed process wrote is still to be recorded. */
function isOfOthers(known: ManifestEntry | undefined, there: string | undefined, task: string): boolean {
  return known === undefined
    ? there === undefined
    : known.task !== task && there !== undefined && known.sha256 === hashContent(toBytes(there));
}

function toText(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}
