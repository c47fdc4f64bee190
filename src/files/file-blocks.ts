import type { FencedBlock } from './fenced-block.ts';
import type { FileFormat } from './file-format.ts';
import { nameBlock } from './file-formats.ts';
import { FenceScanner } from './fence-scanner.ts';
import { inferredNames } from './inferred-name.ts';
import { languageOfInfo } from './languages.ts';
import { checkPath, collisionKey } from './path-policy.ts';

/** What to do with a block that names no file: give it a name, or leave it in the reply. */
export type UnnamedBlocks = 'infer' | 'ignore';

/** The format of a file whose name was inferred. */
export const inferredFormat = 'inferred';

/** A block of a reply that is to be a file. */
export interface FileBlock {
  /** Relative with `/` where it can be accepted; else as the model wrote it. */
  path: string;
  language?: string | undefined;
  format: string;
  content: string;
  /** Where the content stands in the reply, in UTF-16 units. */
  range: [number, number];
  /** Whether the block had a closing fence; without one the file may have been cut off. */
  closed: boolean;
  info: string;
}

export interface FindFileBlocksOptions {
  formats: readonly FileFormat[];
  unnamed: UnnamedBlocks;
}

/**
 * The blocks of a whole reply that are to be files, in order. A block that says the same as the one before it for its path counts once; of different ones
 * for one path all are found. Names that the reply gives go before inferred ones, and inferred ones differ from each other and from those.
 */
export function findFileBlocks(text: string, { formats, unnamed }: FindFileBlocksOptions): FileBlock[] {
  const scanner = new FenceScanner({ nameOf: (opening) => nameBlock(formats, opening) });
  const blocks = [...scanner.feed(text), ...scanner.end()].map((block) => ({ block, name: nameBlock(formats, block) }));
  const contents = new Map<string, string>();
  const found: (FileBlock | undefined)[] = blocks.map(({ block, name }) => {
    // An empty block without an end is a reply that stopped before the file began.
    if (name === undefined || (block.content === '' && !block.closed)) return undefined;
    const path = normalise(name.path);
    const key = collisionKey(path);
    if (contents.get(key) === block.content) return undefined;
    contents.set(key, block.content);
    return fileBlock(block, path, name.format, name.language);
  });
  if (unnamed === 'infer') {
    for (const [index, { block, name }] of blocks.entries()) {
      if (name === undefined) found[index] = inferFileBlock(block, contents);
    }
  }
  return found.filter((block) => block !== undefined);
}

/** The first inferred name that `isFree`, or undefined where the block may not be a file. */
export function freeInferredName(block: Pick<FencedBlock, 'info' | 'content'>, isFree: (path: string) => boolean): string | undefined {
  return inferredNames(block).find(isFree);
}

function inferFileBlock(block: FencedBlock, contents: Map<string, string>): FileBlock | undefined {
  const path = freeInferredName(block, (candidate) => {
    const other = contents.get(collisionKey(candidate));
    return other === undefined || other === block.content;
  });
  if (path === undefined || contents.has(collisionKey(path))) return undefined;
  contents.set(collisionKey(path), block.content);
  return fileBlock(block, path, inferredFormat, languageOfInfo(block.info));
}

function fileBlock({ info, content, range, closed }: FencedBlock, path: string, format: string, language = languageOfInfo(info)): FileBlock {
  return { path, ...(language === undefined ? {} : { language }), format, content, range, closed, info };
}

function normalise(path: string): string {
  const checked = checkPath(path);
  return checked.kind === 'accepted' ? checked.path : path;
}
