import { exitCodeOf } from '../src/cli/exit-code.ts';
import { type ErrorCategory, MultiagentError } from '../src/utils/multiagent-error.ts';
import { callsOf, enclosingFunction, isParameter, nameOf, type Node, type Place, propertyOf, type SourceFile } from './error-sites.ts';
import { type Call, codesOf, filledIn, partOf, type Reading, textsOf } from './error-texts.ts';

/** What an error says in one of the places where it is made; `…` stands for what is filled in. */
export interface ToldError {
  sentence: string;
  hint: string | undefined;
  /** Of the command that it ends. */
  exitCode: number;
}

/** What is made with one code, wherever that is. */
export interface CatalogueEntry {
  code: string;
  told: ToldError[];
}

const kindsOfModelError: ReadonlySet<string> = new Set(['transient', 'overflow', 'configuration', 'misbehaviour', 'refused']);
/** `usage` is the only one without a dot. */
const code = /^(?:[a-z_]+\.[a-z_]+|usage)$/;
/** It describes errors that others threw; the page says how by hand. */
const describesOthers = 'utils/describe-error.ts';

/**
 * Every error of the source, by code: objects with `code` and a sentence, and the calls of functions that make them of their parameters.
 * @throws Error where a code is put together so that it cannot be read in the source: nobody could search for it either.
 */
export function errorCatalogue(files: readonly SourceFile[]): CatalogueEntry[] {
  const classes = errorClasses(files);
  const entries = new Map<string, ToldError[]>();
  for (const place of files.flatMap(({ objects }) => objects)) {
    if (place.file.path === describesOthers || !isError(place, classes)) continue;
    for (const [name, told] of readingsOf(place, files).flatMap(toldAt))
      if (code.test(name)) entries.set(name, [...(entries.get(name) ?? []), told]);
  }
  return [...entries].map(([name, told]) => ({ code: name, told: different(told) })).toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Once each; one that is also said with a hint is not told without it. */
function different(told: readonly ToldError[]): ToldError[] {
  return told.filter(({ sentence, hint }, index) => {
    const others = told.filter((other) => other.sentence === sentence);
    return hint === undefined && others.some((other) => other.hint !== undefined)
      ? false
      : told.findIndex((other) => other.sentence === sentence && other.hint === hint) === index;
  });
}

/** An object that says something, and is neither a schema, nor made for another class, nor an error of OpenAI's API, which has a `type`. */
function isError({ file, node, around }: Place, classes: ReadonlySet<string>): boolean {
  if (!['message', 'why', 'category', 'remedy'].some((name) => propertyOf(node, name) !== undefined)) return false;
  if (/^z\b/.test(textOf(propertyOf(node, 'code'), file)) || propertyOf(node, 'type') !== undefined) return false;
  const outer = around.at(-1);
  return outer?.type !== 'NewExpression' || classes.has(nameOf(outer['callee']) ?? '');
}

function textOf(node: Node | undefined, { text }: SourceFile): string {
  return node === undefined ? '' : text.slice(node.start, node.end);
}

/** `MultiagentError` and all that extend it. */
function errorClasses(files: readonly SourceFile[]): ReadonlySet<string> {
  const found = new Set(['MultiagentError']);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { text } of files)
      for (const [, name = '', parent = ''] of text.matchAll(/class (\w+) extends (\w+)/g)) if (found.has(parent)) found.add(name);
  }
  return found;
}

/** Parameters of functions that make errors lead through four calls at most. */
const mostCalls = 4;

/** An object that is made of parameters is read once for each call of its function. */
function readingsOf(place: Place, files: readonly SourceFile[]): Reading[] {
  const parts = ['code', 'message', 'hint', 'why'].flatMap((name) => partOf({ ...place, calls: [] }, name)?.node ?? []);
  const spread = (place.node['properties'] as Node[]).flatMap(({ type, argument }) => (type === 'SpreadElement' ? [argument as Node] : []));
  return filled(place, [...parts, ...spread], files, []).map((calls) => ({ ...place, calls }));
}

/** The calls that fill these expressions, outwards. */
function filled(place: Place, expressions: readonly Node[], files: readonly SourceFile[], before: readonly Call[]): (readonly Call[])[] {
  const fn = enclosingFunction(place);
  const isMade = fn !== undefined && expressions.flatMap(namesIn).some((name) => isParameter(name, fn));
  const calls = isMade && before.length < mostCalls ? callsOf(fn, place, files) : [];
  if (fn === undefined || calls.length === 0) return [before];
  return calls.flatMap((call) => filled(call, call.node['arguments'] as Node[], files, [...before, { of: fn, place: call }]));
}

/** The names that decide the text of an expression, without those within calls and members. */
function namesIn(node: Node): string[] {
  const parts = (...names: string[]) => names.flatMap((name) => namesIn(node[name] as Node));
  switch (node.type) {
    case 'Identifier':
      return [node['name'] as string];
    case 'TemplateLiteral':
      return (node['expressions'] as Node[]).flatMap(namesIn);
    case 'ObjectExpression':
      return (node['properties'] as Node[]).flatMap(({ value, argument }) => namesIn((value ?? argument) as Node));
    case 'ConditionalExpression':
      return parts('consequent', 'alternate');
    case 'MemberExpression':
      return node['computed'] === true ? parts('property') : [];
    default:
      return [];
  }
}

function toldAt(reading: Reading): [string, ToldError][] {
  const codes = codesOf(partOf(reading, 'code')!);
  const ends = textsOf(partOf(reading, 'why')).map((why) => `${filledIn}: ${why}.`);
  const messages = textsOf(partOf(reading, 'message'));
  const sentences = messages.length > 0 ? messages : ends.length > 0 ? ends : [filledIn];
  const hints = textsOf(partOf(reading, 'hint'));
  const exitCode = exitCodeAt(reading);
  // One condition may decide on both; otherwise each may stand below each.
  const below = (index: number) => (hints.length === sentences.length ? hints[index] : hints.join(' Or: ') || undefined);
  const told = sentences.map((sentence, index) => ({ sentence, hint: below(index), exitCode }));
  if (codes.length === told.length) return told.map((each, index) => [codes[index]!, each]);
  return codes.flatMap((name) => told.map((each): [string, ToldError] => [name, each]));
}

function exitCodeAt(reading: Reading): number {
  const [category] = textsOf(partOf(reading, 'category')) as ErrorCategory[];
  const [kind = ''] = textsOf(partOf(reading, 'kind'));
  return exitCodeOf(
    new MultiagentError({ code: '', message: '', category: category ?? (kindsOfModelError.has(kind) ? 'model' : 'failed') }),
  );
}
