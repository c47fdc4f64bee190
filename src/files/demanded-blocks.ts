import { checkPath } from './disk/path-policy.ts';
import { blockFor, readReply, type FileBlock } from './file-blocks.ts';
import type { FileFormat } from './file-format.ts';
import { demandedFiles } from './names/demanded-files.ts';
import { isMarkdownPath } from './names/languages.ts';
import { movedFiles, type RenamedFile } from './names/moved-files.ts';

/** The format of a block without a name that can only be one of the demanded files. */
export const demandedFormat = 'demanded';

/** More than a step can ask for. */
const mostExpected = 200;

export interface DemandedBlocksOptions {
  formats: readonly FileFormat[];
  /** The paths that the step is to deliver. */
  expected: readonly string[];
  /** Whether a file of this path is there already. */
  stands: (path: string) => Promise<boolean>;
}

export interface DemandedBlocks {
  blocks: FileBlock[];
  renamed: RenamedFile[];
  /** Blocks of code of which nobody can say which file they are. */
  unclear: FileBlock[];
}

/** The files of a reply to a step that says which ones it wants: no name is made up, and a block that lacks one is a demanded file or none. */
export async function demandedBlocks(text: string, { formats, expected, stands }: DemandedBlocksOptions): Promise<DemandedBlocks> {
  const demanded = expected.slice(0, mostExpected).flatMap((path) => {
    const checked = checkPath(path);
    return checked.kind === 'accepted' ? [checked.path] : [];
  });
  const parts = readReply(text, { formats, documents: demanded.some(isMarkdownPath) ? 'files' : 'wrappers' });
  const named = parts.flatMap(({ files }) => files ?? []);
  const paths = [...new Set(named.map(({ path }) => path))];
  const candidates = movedFiles({ named: paths, expected: demanded });
  const standing = new Set<string>();
  for (const { from } of candidates) if (await stands(from)) standing.add(from);
  const renamed = candidates.filter(({ from }) => !standing.has(from));
  for (const file of named) file.path = renamed.find(({ from }) => from === file.path)?.to ?? file.path;
  const given = new Set(named.map(({ path }) => path));
  const { found, unclear } = demandedFiles({ unnamed: parts.filter(({ files }) => files === undefined), expected: demanded, given });
  const pathOf = new Map(found.map(({ part, path }) => [part, path]));
  const blocks = parts.flatMap((part) => {
    const path = pathOf.get(part);
    return part.files ?? (path === undefined ? [] : [blockFor(part, path, demandedFormat)]);
  });
  return { blocks, renamed, unclear: unclear.map((part) => blockFor(part, '', demandedFormat)) };
}
