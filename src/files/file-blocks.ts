import type { FencedBlock } from './fenced-block.ts';
import type { FileChange, FileFormat, FileName } from './file-format.ts';
import { nameBlock, packsFiles, scannerOf, unpackBlock } from './file-formats.ts';
import { beginsWithCall } from './formats/call-text.ts';
import { unifiedDiff } from './formats/unified-diff.ts';
import { carryNames } from './unnamed/carried-names.ts';
import { InferredNames } from './unnamed/inferred-names.ts';
import { judgeUnnamed } from './unnamed/judge-unnamed.ts';
import { languageOfInfo } from './names/languages.ts';
import { checkPath } from './disk/path-policy.ts';
import { startOfAnswer } from './scan/thought-marks.ts';
import { unwrapReply } from './scan/unwrap-reply.ts';

/** No text is read beyond this many blocks: the model repeats itself without end, and none of it is written. */
export const mostReplyBlocks = 10_000;

/** How much of a reply is read before its blocks are counted. */
const pieceLength = 100_000;

/** What to do with a block that names no file: give it a name, or leave it in the reply. */
export type UnnamedBlocks = 'infer' | 'ignore';

/** The format of a file whose name was inferred. */
export const inferredFormat = 'inferred';

/** A part of a reply that is to become a file, or to change one. */
export interface FileBlock {
  /** Relative with `/` if it can be accepted, else as the model wrote it. Empty for an edit that names no file. */
  path: string;
  language?: string | undefined;
  format: string;
  /** What the content is: the file, or a change to it. */
  change: FileChange;
  content: string;
  /** The position of the content in the reply, in UTF-16 units. */
  range: [number, number];
  /** Whether the block had an end of its own. Without one the file may be cut off. */
  closed: boolean;
  /** The fence's info string, or the opening tag. */
  info: string;
}

export interface FindFileBlocksOptions {
  formats: readonly FileFormat[];
  unnamed: UnnamedBlocks;
}

interface FoundBlock {
  block: FencedBlock;
  name: (FileName & { format: string }) | undefined;
  /** The files that are packed into it, or the one that it is. Undefined for a block that names none. */
  files: FileBlock[] | undefined;
}

/** A block of a reply with the files that it names; undefined for a block that names none. */
export interface ReplyPart {
  block: FencedBlock;
  files: FileBlock[] | undefined;
}

export interface ReadReplyOptions {
  formats: readonly FileFormat[];
  /** `wrappers`: a document that wraps the reply is not a file, even if no block in it names one. Default: it is a file. */
  documents?: 'files' | 'wrappers' | undefined;
}

/**
 * The parts of a whole reply that are to become files, in order. A block that repeats the previous one for its path counts once; different ones for a path are
 * all found. Names in the reply take precedence over inferred ones, and inferred ones differ from each other and from those.
 */
export function findFileBlocks(text: string, { formats, unnamed }: FindFileBlocksOptions): FileBlock[] {
  const parts = readReply(text, { formats });
  return unnamed === 'ignore' ? parts.flatMap(({ files }) => files ?? []) : withInferredNames(parts).blocks;
}

/** The blocks of a whole reply, in order, before those without a name get one. */
export function readReply(text: string, { formats, documents = 'files' }: ReadReplyOptions): ReplyPart[] {
  const contents = new Map<string, string>();
  const edited = new LastEdited();
  return findBlocks(text, formats, documents).map(({ block, files }) => ({
    block,
    files: edited.name(files)?.filter((file) => {
      if (file.change.kind !== 'whole') {
        contents.delete(file.path);
        return true;
      }
      // An empty block without an end: the reply stopped before the file began.
      if ((file.content === '' && !file.closed) || contents.get(file.path) === file.content) return false;
      contents.set(file.path, file.content);
      return true;
    }),
  }));
}

/** The files of the parts, with those without a name under the one that their content suggests; and the blocks that remain unclear. */
export function withInferredNames(parts: readonly ReplyPart[]): { blocks: FileBlock[]; unclear: FileBlock[] } {
  const named = parts.flatMap(({ files }) => files ?? []);
  const inferred = new InferredNames(
    new Map(named.filter(({ change }) => change.kind === 'whole').map(({ path, content }) => [path, content])),
  );
  const beside = named.length > 0 ? 'named files' : 'no named file';
  const unclear: FileBlock[] = [];
  const blocks = parts.flatMap((part) => {
    if (part.files !== undefined) return part.files;
    const judged = judgeUnnamed(part.block, beside);
    if (judged === 'unclear') unclear.push(blockFor(part, '', inferredFormat));
    const path = judged === 'file' ? inferred.nameFor(part.block) : undefined;
    return path === undefined ? [] : [blockFor(part, path, inferredFormat)];
  });
  return { blocks, unclear };
}

/** A block without a name, as the file with this path. */
export function blockFor({ block }: ReplyPart, path: string, format: string): FileBlock {
  return fileBlock(block, { path, language: languageOfInfo(block.info) }, format);
}

function findBlocks(text: string, formats: readonly FileFormat[], documents: 'files' | 'wrappers'): FoundBlock[] {
  const known = new Map<FencedBlock, FoundBlock>();
  const read = (block: FencedBlock) => {
    const found = known.get(block) ?? readBlock(block, formats);
    known.set(block, found);
    return found;
  };
  // Some models answer only with calls, an object, or a patch that contain the files.
  const whole = () =>
    readBlock({ delimiter: 'fence', info: '', leading: [], content: text, range: [0, text.length], closed: true }, formats);
  const calls = beginsWithCall(text) ? whole() : undefined;
  if (calls?.files !== undefined) return [calls];
  const blocks = unwrapReply(scan(text, formats), {
    isNamed: (block) => (read(block).files?.length ?? 0) > 0,
    scan: (content) => scan(content, formats),
    documents,
  });
  const found = carryNames(blocks.map(read), read);
  if (blocks.some(({ content }) => content.trim() !== '') || !packsFiles(text)) return found;
  const all = whole();
  return all.files === undefined ? found : [all];
}

function scan(text: string, formats: readonly FileFormat[]): FencedBlock[] {
  const scanner = scannerOf(formats);
  const start = startOfAnswer(text);
  const blocks: FencedBlock[] = [];
  for (let at = start; at < text.length && blocks.length < mostReplyBlocks; at += pieceLength)
    for (const block of scanner.feed(text.slice(at, at + pieceLength))) blocks.push(block);
  if (blocks.length < mostReplyBlocks) blocks.push(...scanner.end());
  else blocks.length = mostReplyBlocks;
  return start === 0 ? blocks : blocks.map((block) => ({ ...block, range: [block.range[0] + start, block.range[1] + start] }));
}

/** What a block is by itself. */
export function readBlock(block: FencedBlock, formats: readonly FileFormat[]): FoundBlock {
  const name = nameBlock(formats, block);
  const unpacked = unpackBlock(formats, block, name);
  if (unpacked !== undefined) {
    const { format } = unpacked;
    const { info, closed } = block;
    // Many parts belong to few files.
    const paths = new Map<string, string>();
    const pathOf = (written: string) => {
      const path = paths.get(written) ?? normalise(written);
      paths.set(written, path);
      return path;
    };
    return { block, name, files: unpacked.files.map((file) => ({ ...file, path: pathOf(file.path), format, info, closed })) };
  }
  return { block, name, files: name === undefined ? undefined : [fileBlock(block, name, name.format)] };
}

function fileBlock(block: FencedBlock, { path, language = languageOfInfo(block.info) }: FileName, format: string): FileBlock {
  const { info, content, range, closed } = block;
  const described = { path: normalise(path), format, change: { kind: 'whole' as const }, content, range, closed, info };
  return language === undefined ? described : { ...described, language };
}

/** The path in the form that the run's folder uses. A refused path stays as it is. */
function normalise(path: string): string {
  const checked = checkPath(path);
  return checked.kind === 'accepted' ? checked.path : path;
}

/** Assigns changes without a file name to the file that was changed before them: one name is often given for several fences. */
class LastEdited {
  #path = '';
  #inDiffs = false;

  /** @returns the files of a block. A diff without a name only shows something, and is left out. */
  name(files: FileBlock[] | undefined): FileBlock[] | undefined {
    const named = files?.filter((file) => this.#name(file));
    this.#inDiffs = files?.some(({ format }) => format === unifiedDiff.name) ?? false;
    return named;
  }

  #name(file: FileBlock): boolean {
    const { change, path, format } = file;
    if (change.kind === 'whole') return true;
    if (path !== '') {
      this.#path = path;
      return true;
    }
    if (format === unifiedDiff.name && !this.#inDiffs) return false;
    // A file is removed or moved by its name or not at all.
    if (change.kind === 'delete' || change.kind === 'move') return false;
    if (change.kind !== 'unreadable') file.path = this.#path;
    return true;
  }
}
