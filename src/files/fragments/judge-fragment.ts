import { checkSyntax } from '../syntax/check-syntax.ts';
import { definitionsOf, qualifiedName, type Outline } from './outline.ts';
import { markElisions } from './mark-elisions.ts';
import { mergeOutlines } from './merge-outlines.ts';
import { readFragment, type Fragment } from './read-fragment.ts';
import { fragmentGrammarOf, readOutline } from './read-outline.ts';

export interface FragmentToJudge {
  path: string;
  /** The current file. */
  standing: string;
  /** The text for it in the reply. */
  text: string;
  /** Definitions in other blocks of the reply: what moved to another file is not missing. */
  elsewhere: () => ReadonlySet<string>;
  /** Whether the reply names the file, or only the definitions show which one it is. */
  certainty: 'named' | 'unnamed';
}

/** What a text given for a file is. */
export type FragmentJudgement =
  /** A new version of the whole file, or a text that cannot be told from one. */
  | { kind: 'whole' }
  /** A piece of the file, word for word. */
  | { kind: 'quotation' }
  /** A piece of the file; `content` is the file with it in its place. */
  | { kind: 'placed'; content: string }
  /** A piece of the file whose place is unclear. `name` is what it defines; the reason is part of a sentence. */
  | { kind: 'unplaced'; name: string; reason: string }
  /** For a block without a name: it does not belong to this file. */
  | { kind: 'foreign' };

/** A text that lacks definitions and is shorter than this share of the file is not a new version of it. */
const muchLess = 0.5;
/** Nobody would give a piece with more definitions instead of the whole file. */
const mostEntries = 300;
const mostStanding = 5000;

/** @param read Reads an outline; one with a cache saves work when many texts are compared. */
export async function judgeFragment(given: FragmentToJudge, read: typeof readOutline = readOutline): Promise<FragmentJudgement> {
  const { path, certainty } = given;
  const none: FragmentJudgement = { kind: certainty === 'named' ? 'whole' : 'foreign' };
  const grammar = fragmentGrammarOf(path);
  if (grammar === undefined || given.text.trim() === '') return none;
  const standing = await read(given.standing, grammar);
  if (standing === undefined) return none;
  const known = definitionsOf(standing.entries);
  if (known.length === 0 || known.length + standing.entries.length > mostStanding) return none;
  const { text, elisions } = markElisions(path, given.text.replaceAll('\r\n', '\n'));
  const fragment = await readFragment(text, grammar, read);
  if (fragment === undefined) return certainty === 'unnamed' ? none : judgeUnreadable(given, elisions);
  if (countOf(fragment) > mostEntries) return none;
  const evidence = evidenceOf(standing, fragment, given.elsewhere());
  if (certainty === 'unnamed' && !isPieceOf(standing, fragment, evidence)) return none;
  if (evidence.missing === 0 && elisions === 0) return none;
  if (evidence.defined.length === 0) return judgeStatements(given, { standing, elisions });
  if (certainty === 'named' && elisions === 0 && !leavesOut(given, standing, fragment, evidence)) return none;
  const name = evidence.defined[0]!;
  const merged = mergeOutlines({ standing, fragment: fragment.outline, entries: fragment.entries, areMembers: fragment.areMembers });
  if (merged.kind === 'doubtful') return { kind: 'unplaced', name, reason: merged.reason };
  const parses = await parsesAsBefore(path, given.standing, merged.content);
  return parses ? { kind: 'placed', content: merged.content } : { kind: 'unplaced', name, reason: 'the file does not parse with it' };
}

interface Evidence {
  /** The qualified names of what the fragment defines. */
  defined: string[];
  /** How many of these the file has. */
  shared: number;
  /** How many definitions of the file are neither in the fragment nor elsewhere in the reply. */
  missing: number;
  /** Methods are outside of the class that they have in the file. */
  isLoose: boolean;
}

function evidenceOf(standing: Outline, { entries, areMembers }: Fragment, elsewhere: ReadonlySet<string>): Evidence {
  const known = definitionsOf(standing.entries);
  const defined = definitionsOf(entries);
  const top = new Set(known.filter(({ container }) => container === undefined).map(({ definition }) => definition.bareName));
  const methods = new Set(known.filter(({ container }) => container !== undefined).map(({ definition }) => definition.bareName));
  const qualified = new Set(known.map(qualifiedName));
  const isLooseMethod = ({ definition, container }: (typeof defined)[number]) =>
    container === undefined && methods.has(definition.bareName) && (areMembers || definition.takesSelf || !top.has(definition.bareName));
  const shared = defined.filter((one) => isLooseMethod(one) || qualified.has(qualifiedName(one)));
  const given = new Set(defined.filter((one) => !one.definition.isStub).flatMap((one) => [qualifiedName(one), one.definition.bareName]));
  const missing = known.filter(
    (one) => !given.has(qualifiedName(one)) && !given.has(one.definition.bareName) && !elsewhere.has(one.definition.bareName),
  );
  return { defined: defined.map(qualifiedName), shared: shared.length, missing: missing.length, isLoose: defined.some(isLooseMethod) };
}

function countOf({ entries }: Fragment): number {
  return entries.length + definitionsOf(entries).length;
}

/** Whether a text under a file's name lacks too much to be the file. */
function leavesOut({ standing: content, text }: FragmentToJudge, standing: Outline, { entries }: Fragment, evidence: Evidence): boolean {
  if (evidence.missing === 0) return false;
  const isShort = text.length < content.length * muchLess;
  if (evidence.shared === 0) return isShort;
  const lacksImports = standing.entries.some(({ kind }) => kind === 'import') && !entries.some(({ kind }) => kind === 'import');
  return evidence.isLoose || lacksImports || isShort;
}

/** Whether a block without a name can only be a piece of this file: the file has most of what it defines, and it contains nothing that a file begins with. */
function isPieceOf(standing: Outline, { outline, entries }: Fragment, { defined, shared, missing }: Evidence): boolean {
  if (shared === 0 || missing === 0 || shared * 2 < defined.length) return false;
  const lines = new Set(standing.text.split(/\r?\n/).map((line) => line.trim()));
  return entries
    .filter(({ kind }) => kind === 'import' || kind === 'other')
    .every(({ start, end }) =>
      outline.text
        .slice(start, end)
        .split('\n')
        .every((line) => lines.has(line.trim())),
    );
}

/** Judges lines without any function: a quotation of the file, a piece that nobody can place, or a file that has become something else. */
function judgeStatements(
  { standing: content, text, certainty }: FragmentToJudge,
  file: { standing: Outline; elisions: number },
): FragmentJudgement {
  if (certainty === 'unnamed') return { kind: 'foreign' };
  const isShort = text.length < content.length * muchLess;
  if (isQuoted(content, text)) return { kind: 'quotation' };
  const isIndented = /^\s*[ \t]\S/.test(text);
  const isPiece = file.elisions > 0 || isIndented || (isShort && usesDefinitions(text, file.standing));
  return isPiece ? { kind: 'unplaced', name: '', reason: 'it holds no whole function' } : { kind: 'whole' };
}

/** Whether it uses what the file defines, and so cannot be the file. */
function usesDefinitions(text: string, standing: Outline): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:import|from|use|const .*require)\b/.test(line));
  const words = new Set(lines.join('\n').match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const names = [
    ...standing.entries.flatMap((entry) => (entry.kind === 'container' ? [entry.name] : [])),
    ...definitionsOf(standing.entries).map(({ definition }) => definition.bareName),
  ];
  return names.some((name) => words.has(name));
}

function judgeUnreadable({ standing, text }: FragmentToJudge, elisions: number): FragmentJudgement {
  const isShort = text.length < standing.length * muchLess;
  if (isQuoted(standing, text)) return { kind: 'quotation' };
  return isShort || elisions > 0 ? { kind: 'unplaced', name: '', reason: 'it does not parse by itself' } : { kind: 'whole' };
}

/** Whether the file contains these lines one after another, but not at its beginning. */
function isQuoted(standing: string, text: string): boolean {
  const lines = (of: string) => of.split(/\r?\n/).map((line) => line.trim());
  return `${lines(standing).join('\n')}\n`.includes(`\n${lines(text.trim()).join('\n')}\n`);
}

async function parsesAsBefore(path: string, standing: string, content: string): Promise<boolean> {
  const [before, after] = await Promise.all([standing, content].map((text) => checkSyntax({ path, content: Buffer.from(text) })));
  if (after?.kind !== 'checked') return false;
  return after.found <= (before?.kind === 'checked' ? before.found : 0);
}
