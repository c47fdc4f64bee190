import { extensionOfLanguage, fileNameOfLanguage, isMarkdownPath, languageOfInfo } from '../names/languages.ts';
import { holdsCommands, inferName, languageOfBlock, type InferredName } from './inferred-name.ts';
import { fileNameOf } from '../names/path-parts.ts';
import type { FencedBlock } from '../fenced-block.ts';

export interface DemandedFilesOptions<Part> {
  /** The blocks that name no file, in order. */
  unnamed: readonly Part[];
  /** The paths that the step is to deliver. */
  expected: readonly string[];
  /** Those that a block gives by name. */
  given: ReadonlySet<string>;
}

/** Which demanded file each block is. Blocks that only show something are in neither list. */
export interface DemandedFiles<Part> {
  found: { part: Part; path: string }[];
  unclear: Part[];
}

const families: readonly ReadonlySet<string>[] = [
  new Set(['js', 'jsx', 'mjs', 'cjs']),
  new Set(['ts', 'tsx', 'mts', 'cts']),
  new Set(['c', 'h', 'cpp', 'hpp', 'cc']),
  new Set(['yaml', 'yml']),
  new Set(['html', 'htm']),
];
const announcesUse = /\b(?:usage|uses?|used|using|examples?|run(?:ning)?|call(?:ed|ing)?|output|prints?|import(?:ed)?|try|test it)\b/i;
const plainText = new Set(['text', 'txt', 'plain', 'plaintext']);

/**
 * Assigns demanded files to blocks without a name if there is no doubt: the text above names the file, the code defines what the file is named after, or one
 * file of a language is missing and there is one block in that language.
 */
export function demandedFiles<Part extends { block: FencedBlock }>(options: DemandedFilesOptions<Part>): DemandedFiles<Part> {
  const { unnamed, expected, given } = options;
  const missing = expected.filter((path) => !given.has(path));
  const candidates = unnamed.map((part) => candidateOf(part)).filter((candidate) => isCandidate(candidate, missing));
  const found = new Map<Candidate<Part>, string>();
  for (const candidate of candidates) {
    const path = mentioned(candidate.part.block, expected) ?? calledAfter(candidate, missing);
    if (path !== undefined && missing.includes(path) && fits(candidate, path)) found.set(candidate, path);
  }
  const named = new Set(found.values());
  const rest = candidates.filter((candidate) => !found.has(candidate));
  const pairs = rest.map((candidate) => ({ candidate, paths: missing.filter((path) => !named.has(path) && fits(candidate, path)) }));
  const claims = new Map<string, number>();
  for (const path of pairs.flatMap(({ paths }) => paths)) claims.set(path, (claims.get(path) ?? 0) + 1);
  for (const { candidate, paths } of pairs) {
    const [path, ...others] = paths;
    if (path !== undefined && others.length === 0 && claims.get(path) === 1) found.set(candidate, path);
  }
  return {
    found: candidates.flatMap((candidate) => (found.has(candidate) ? [{ part: candidate.part, path: found.get(candidate)! }] : [])),
    unclear: rest.filter((candidate) => !found.has(candidate) && candidate.name !== undefined).map(({ part }) => part),
  };
}

interface Candidate<Part> {
  part: Part;
  name: InferredName | undefined;
}

function candidateOf<Part extends { block: FencedBlock }>(part: Part): Candidate<Part> {
  return { part, name: inferName(part.block) };
}

function isCandidate({ part: { block }, name }: Candidate<{ block: FencedBlock }>, missing: readonly string[]): boolean {
  if (block.delimiter !== 'fence' || block.content.trim() === '' || holdsCommands(block)) return false;
  const language = languageOfInfo(block.info);
  const isPlain = language !== undefined && plainText.has(language) && missing.some((path) => isPlainFile(path));
  return (isPlain || name !== undefined) && !showsUse(block, name);
}

/** Whether code only calls what the files define, below words that say so. */
function showsUse({ info, content, leading }: FencedBlock, name: InferredName | undefined): boolean {
  if (/^\s*(?:>>> |\$ )/.test(content.slice(0, 1000))) return true;
  return name?.first === undefined && isCode(info) && announcesUse.test(leading.at(-1)?.slice(0, 300) ?? '');
}

function isCode(info: string): boolean {
  const extension = extensionOfLanguage(languageOfInfo(info));
  return extension === undefined || !isMarkdownPath(`a.${extension}`);
}

/** The only demanded file in the nearest line that names any. */
function mentioned({ leading }: FencedBlock, expected: readonly string[]): string | undefined {
  for (const line of leading.toReversed()) {
    const words = new Set(
      line
        .slice(0, 1000)
        .split(/[\s`*"'()[\]<>,;:]+/)
        .map((word) => word.replace(/\.$/, '')),
    );
    const named = expected.filter((path) => words.has(path) || words.has(fileNameOf(path)));
    if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  }
  return undefined;
}

function calledAfter({ name }: Candidate<unknown>, missing: readonly string[]): string | undefined {
  const called = missing.filter((path) => fileNameOf(path) === name?.first);
  return called.length === 1 ? called[0] : undefined;
}

/** Whether a block in this language can be this file. If the file is code, a block without a language must at least define something. */
function fits({ part: { block }, name }: Candidate<{ block: FencedBlock }>, path: string): boolean {
  const language = languageOfBlock(block);
  const extension = extensionOf(path);
  const ownName = fileNameOfLanguage(language);
  if (ownName !== undefined) return fileNameOf(path) === ownName || fileNameOf(path).startsWith(`${ownName}.`);
  if (language === undefined) return isPlainFile(path) || (!isMarkdownPath(path) && name?.first !== undefined);
  if (plainText.has(language)) return isPlainFile(path);
  const own = extensionOfLanguage(language);
  if (own === undefined) return false;
  return own === extension || extensionOfLanguage(extension) === own || families.some((family) => family.has(own) && family.has(extension));
}

function isPlainFile(path: string): boolean {
  const extension = extensionOf(path);
  return extension === 'txt' || extensionOfLanguage(extension) === undefined;
}

function extensionOf(path: string): string {
  const name = fileNameOf(path);
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
