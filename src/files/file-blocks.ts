import type { FencedBlock } from './fenced-block.ts';
import type { FileFormat } from './file-format.ts';
import { nameBlock } from './file-formats.ts';
import { FenceScanner } from './fence-scanner.ts';
import { inferName, namesInTurn } from './inferred-name.ts';
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
  /** The fence's info string. */
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
  const named = blocks.map(({ block, name }) => {
    // An empty block without an end is a reply that stopped before the file began.
    if (name === undefined || (block.content === '' && !block.closed)) return undefined;
    const path = normalise(name.path);
    if (contents.get(path) === block.content) return undefined;
    contents.set(path, block.content);
    return fileBlock(block, path, name.format, name.language);
  });
  if (unnamed === 'ignore') return named.filter((block) => block !== undefined);
  const inferred = new InferredNames(contents);
  return blocks
    .map(({ block, name }, index) => (name === undefined ? inferred.fileBlock(block) : named[index]))
    .filter((block) => block !== undefined);
}

/** Gives names within one reply, each once. */
class InferredNames {
  readonly #taken: Set<string>;
  /** Where the search for a free name goes on, by the name it began with; so that many blocks cost no more than their number. */
  readonly #names = new Map<string, Generator<string, never, undefined>>();
  readonly #contents = new Map<string, Set<string>>();

  constructor(named: ReadonlyMap<string, string>) {
    this.#taken = new Set([...named.keys()].map(collisionKey));
    for (const [path, content] of named) this.#contents.set(path, new Set([content]));
  }

  /** @returns undefined where the block is no file, or the same file again. */
  fileBlock(block: FencedBlock): FileBlock | undefined {
    const name = inferName(block);
    if (name === undefined) return undefined;
    const beginning = name.first ?? name.numbered(1);
    const contents = this.#contents.get(beginning) ?? new Set();
    if (contents.has(block.content)) return undefined;
    this.#contents.set(beginning, contents.add(block.content));
    const names = this.#names.get(beginning) ?? namesInTurn(name);
    this.#names.set(beginning, names);
    for (;;) {
      const path = names.next().value;
      if (this.#taken.has(collisionKey(path))) continue;
      this.#taken.add(collisionKey(path));
      return fileBlock(block, path, inferredFormat, languageOfInfo(block.info));
    }
  }
}

function fileBlock(
  { info, content, range, closed }: FencedBlock,
  path: string,
  format: string,
  language = languageOfInfo(info),
): FileBlock {
  return { path, ...(language === undefined ? {} : { language }), format, content, range, closed, info };
}

/** The path as the run's folder would have it; one that it refuses stays as it is. */
function normalise(path: string): string {
  const checked = checkPath(path);
  return checked.kind === 'accepted' ? checked.path : path;
}
