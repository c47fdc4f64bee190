import type { ReplyPart } from '../file-blocks.ts';
import { extensionOfLanguage, languageOfInfo } from '../names/languages.ts';
import { definedNames, holdsCommands, inferName } from '../unnamed/inferred-name.ts';
import type { FragmentGrammar } from './describe-node.ts';
import { judgeFragment } from './judge-fragment.ts';
import type { Outline } from './outline.ts';
import { fragmentGrammarOf, readOutline } from './read-outline.ts';

export interface FindFragmentsOptions {
  /** The parts of the reply that name no file. */
  unnamed: readonly ReplyPart[];
  /** The files of the run and of the user. */
  known: readonly KnownFile[];
  /** The whole files that the reply gives by name. */
  given: readonly KnownFile[];
}

export interface KnownFile {
  path: string;
  content: string;
}

/** What a part without a name is: a piece of one file, a quotation from a file that the reply gives as a whole, or a piece of any of several files. */
export type FoundFragment = { kind: 'piece'; path: string } | { kind: 'quotation' } | { kind: 'doubtful'; name: string; reason: string };

/** The most parts that are examined, more than a model can have seen. */
const mostParts = 30;
const mostFiles = 100;
const mostText = 1024 * 1024;

/** The parts that, by what they define, can only be pieces of known files. */
export async function findFragments({ unnamed, known, given }: FindFragmentsOptions): Promise<Map<ReplyPart, FoundFragment>> {
  const found = new Map<ReplyPart, FoundFragment>();
  const givenPaths = new Set(given.map(({ path }) => path));
  const files = bounded([...given, ...known.filter(({ path }) => !givenPaths.has(path))]);
  if (files.length === 0) return found;
  const read = remembering();
  for (const part of unnamed.slice(0, mostParts)) {
    const { info, content, delimiter } = part.block;
    if (delimiter !== 'fence' || holdsCommands(part.block) || inferName(part.block) === undefined) continue;
    const alike = files.filter(({ path }) => isOfLanguage(path, info));
    const homes: KnownFile[] = [];
    for (const file of alike) {
      const judged = await judgeFragment(
        { path: file.path, standing: file.content, text: content, elsewhere: () => new Set(), certainty: 'unnamed' },
        read,
      );
      if (judged.kind !== 'foreign') homes.push(file);
    }
    const [home, ...others] = homes;
    if (home === undefined) continue;
    const name = definedNames(content)[0] ?? '';
    if (others.length > 0)
      found.set(part, { kind: 'doubtful', name, reason: `it could belong to ${homes.map(({ path }) => path).join(' or ')}` });
    else found.set(part, givenPaths.has(home.path) ? { kind: 'quotation' } : { kind: 'piece', path: home.path });
  }
  return found;
}

function bounded(files: readonly KnownFile[]): KnownFile[] {
  let length = 0;
  return files
    .filter(({ path }) => fragmentGrammarOf(path) !== undefined)
    .slice(0, mostFiles)
    .filter(({ content }) => (length += content.length) <= mostText);
}

/** Whether the file has the block's language; any, if the block does not state one. */
function isOfLanguage(path: string, info: string): boolean {
  const extension = extensionOfLanguage(languageOfInfo(info));
  return info === '' || (extension !== undefined && fragmentGrammarOf(`file.${extension}`) === fragmentGrammarOf(path));
}

/** Each text is read once. */
function remembering(): typeof readOutline {
  const outlines = new Map<string, Promise<Outline | undefined>>();
  return (text: string, grammar: FragmentGrammar) => {
    const key = `${grammar} ${text}`;
    const known = outlines.get(key) ?? readOutline(text, grammar);
    outlines.set(key, known);
    return known;
  };
}
