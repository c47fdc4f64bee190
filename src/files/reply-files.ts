import { checkPath } from './disk/path-policy.ts';
import {
  blockFor,
  mostReplyBlocks,
  readReply,
  withInferredNames,
  type FileBlock,
  type ReplyPart,
  type UnnamedBlocks,
} from './file-blocks.ts';
import type { FileFormat } from './file-format.ts';
import { findFragments, type KnownFile } from './fragments/find-fragments.ts';
import { fragmentFormat, type DoubtfulPiece } from './fragments/place-fragments.ts';
import { demandedFiles } from './unnamed/demanded-files.ts';
import { tooManyFiles } from './write-report.ts';
import { isMarkdownPath } from './names/languages.ts';
import { movedFiles, type RenamedFile } from './names/moved-files.ts';

/** The format of a block without a name that can only be a demanded file. */
export const demandedFormat = 'demanded';

/** No step can ask for more. */
const mostExpected = 200;

export interface ReplyFilesOptions {
  formats: readonly FileFormat[];
  unnamed: UnnamedBlocks;
  /** The paths that the step is to deliver; none if it does not say. */
  expected: readonly string[];
  /** Whether a file with this path exists already. */
  stands: (path: string) => Promise<boolean>;
  /** The files of the run and of the user. Called only if a block names no file. */
  knownFiles: () => Promise<readonly KnownFile[]>;
}

export interface ReplyFiles {
  blocks: FileBlock[];
  renamed: RenamedFile[];
  /** Blocks of code that could be any of several files. */
  unclear: FileBlock[];
  /** Pieces that could belong to several files. */
  doubtful: DoubtfulPiece[];
}

/**
 * The files of a reply. A block without a name is a piece of a known file, or one of the files that the step demands. If the step demands none, the block gets
 * a name from what it defines.
 */
export async function replyFiles(text: string, options: ReplyFilesOptions): Promise<ReplyFiles> {
  const { formats, unnamed } = options;
  const expected = unnamed === 'ignore' ? [] : acceptable(options.expected);
  const isDocumentWrapper = expected.length > 0 && !expected.some(isMarkdownPath);
  const parts = readReply(text, { formats, documents: isDocumentWrapper ? 'wrappers' : 'files' });
  if (parts.length >= mostReplyBlocks) throw tooManyFiles(`${mostReplyBlocks} blocks or more`);
  if (unnamed === 'ignore') return { blocks: parts.flatMap(({ files }) => files ?? []), renamed: [], unclear: [], doubtful: [] };
  const renamed = await renameMoved(parts, expected, options.stands);
  const doubtful = await takePieces(parts, options.knownFiles);
  if (expected.length === 0) return { ...withInferredNames(parts), renamed, doubtful };
  return { ...chooseDemanded(parts, expected), renamed, doubtful };
}

function acceptable(expected: readonly string[]): string[] {
  return expected.slice(0, mostExpected).flatMap((path) => {
    const checked = checkPath(path);
    return checked.kind === 'accepted' ? [checked.path] : [];
  });
}

/** Whether the reply gives the file; a deletion or a move does not. */
function isGiven({ change }: FileBlock): boolean {
  return change.kind !== 'delete' && change.kind !== 'move';
}

/** Gives files under the wrong folder the demanded path. */
async function renameMoved(
  parts: readonly ReplyPart[],
  expected: readonly string[],
  stands: ReplyFilesOptions['stands'],
): Promise<RenamedFile[]> {
  const named = parts.flatMap(({ files }) => files ?? []).filter(isGiven);
  const renamed: RenamedFile[] = [];
  for (const moved of movedFiles({ named: [...new Set(named.map(({ path }) => path))], expected }))
    if (!(await stands(moved.from))) renamed.push(moved);
  for (const file of named) file.path = renamed.find(({ from }) => from === file.path)?.to ?? file.path;
  return renamed;
}

/** Names the parts that are pieces of known files, and removes those that are quotations. @returns the pieces without a place. */
async function takePieces(parts: readonly ReplyPart[], knownFiles: ReplyFilesOptions['knownFiles']): Promise<DoubtfulPiece[]> {
  const unnamed = parts.filter(({ files }) => files === undefined);
  if (unnamed.length === 0) return [];
  const given = parts.flatMap(({ files }) => files ?? []).filter(({ change }) => change.kind === 'whole');
  const found = await findFragments({ unnamed, known: await knownFiles(), given });
  return [...found].flatMap(([part, fragment]) => {
    part.files = fragment.kind === 'piece' ? [blockFor(part, fragment.path, fragmentFormat)] : [];
    return fragment.kind === 'doubtful'
      ? [{ block: blockFor(part, '', fragmentFormat), name: fragment.name, reason: fragment.reason, standing: undefined }]
      : [];
  });
}

function chooseDemanded(parts: readonly ReplyPart[], expected: readonly string[]): Pick<ReplyFiles, 'blocks' | 'unclear'> {
  const given = new Set(parts.flatMap(({ files }) => (files ?? []).filter(isGiven).map(({ path }) => path)));
  const unnamed = parts.filter(({ files }) => files === undefined);
  const { found, unclear } = demandedFiles({ unnamed, expected, given });
  const pathOf = new Map(found.map(({ part, path }) => [part, path]));
  const blocks = parts.flatMap((part) => {
    const path = pathOf.get(part);
    return part.files ?? (path === undefined ? [] : [blockFor(part, path, demandedFormat)]);
  });
  return { blocks, unclear: unclear.map((part) => blockFor(part, '', demandedFormat)) };
}
