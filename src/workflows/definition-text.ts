import { type Document, type ErrorCode, LineCounter, type Node, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { describeError } from '../utils/describe-error.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import type { LocatedProblem } from './invalid-workflow.ts';
import { tooDeep } from './too-deep.ts';

/** For what the parser says to programmers. Without stack it is where values are nested; a shorter text would have been refused for it, too. */
const ownWords: Partial<Record<ErrorCode, string>> = {
  RESOURCE_EXHAUSTION: tooDeep,
  MULTIPLE_DOCS: 'a file holds one workflow; put what follows --- into a file of its own',
};

/** The text of a definition, parsed, with the place of everything in it. */
export interface DefinitionText {
  /** Plain data; undefined if there are faults. */
  value: unknown;
  /** Why the text is no YAML. */
  faults: LocatedProblem[];
  /** The problem with its line, column and the text of the line. */
  locate: (problem: DefinitionProblem) => LocatedProblem;
}

/** Reads YAML (or JSON, which it contains). Nothing is checked but that it can be read. */
export function readDefinitionText(text: string): DefinitionText {
  const lines = new LineCounter();
  const located = (offset: number, message: string): LocatedProblem => {
    const { line, col } = lines.linePos(offset);
    const start = lines.lineStarts[line - 1] ?? 0;
    const end = text.indexOf('\n', start);
    const written = text.slice(start, end === -1 ? undefined : end).trimEnd();
    return { line: Math.max(line, 1), column: Math.max(col, 1), text: written, message };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (problem: DefinitionProblem) => located(offsetOf(document, text, problem), problem.message);
  const all = [...document.errors, ...document.warnings];
  const deep = all.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  // What follows from it is no fault of its own.
  const faults = (deep === undefined ? all : [deep]).map(({ pos, code, message }) => located(pos[0], shownName(ownWords[code] ?? message)));
  if (faults.length > 0) return { value: undefined, faults, locate };
  try {
    const value: unknown = document.toJS();
    // Nobody who goes through it would come to an end.
    if (holdsItself(value)) return { value: undefined, faults: [located(0, 'an alias stands within what it is an alias of')], locate };
    return { value, faults, locate };
  } catch (error) {
    // Only aliases fail here: one that expands without end, or one that is not defined.
    const { message } = describeError(error);
    const said = message.startsWith('Excessive alias count')
      ? 'its aliases multiply to more than can be read; write out what they stand for'
      : message;
    return { value: undefined, faults: [located(0, shownName(said))], locate };
  }
}

/** The position of a problem's value, or of the nearest value around it that exists. */
function offsetOf(document: Document.Parsed, text: string, { path, at, offset: within = 0 }: DefinitionProblem): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === part);
      if (depth === path.length - 1 && at === 'key' && isNode(pair?.key)) return pair.key.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node) && typeof part === 'number') {
      next = node.items[part];
    }
    if (!isNode(next)) return offset;
    node = next;
    offset = node.range?.[0] ?? offset;
  }
  return offset + (within === 0 ? 0 : offsetInText(node, text, within));
}

/** How far behind the beginning of a value a place of its text is; 0 where it is not written as it is meant (escapes, folded lines). */
function offsetInText(node: Node | null, text: string, within: number): number {
  const [start, end] = node?.range ?? [0, 0];
  if (!isScalar(node) || typeof node.value !== 'string') return 0;
  const found = text.slice(start, end).indexOf(node.value);
  return found === -1 ? 0 : found + within;
}

/** Whether a value is, somewhere within itself, itself. What only stands in several places is looked at once. */
function holdsItself(value: unknown, around = new Set<unknown>(), seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (around.has(value)) return true;
  if (seen.has(value)) return false;
  seen.add(value);
  around.add(value);
  const holds = Object.values(value).some((inner) => holdsItself(inner, around, seen));
  around.delete(value);
  return holds;
}
