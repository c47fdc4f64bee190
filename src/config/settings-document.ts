import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { printableLine } from '../utils/printable.ts';
import type { WrittenPath } from './read-values.ts';

/** A settings file, parsed. YAML contains JSON, so one parser reads both. */
export interface SettingsDocument {
  /** Plain data; undefined if the text cannot be read. An empty text is `null`. */
  value: unknown;
  problems: { line: number; column: number; text: string }[];
  /** The line of a name or list entry, counted from 1; if it has none of its own, that of the nearest element around it. */
  lineOf(path: WrittenPath): number;
}

const plainTexts: Record<string, string> = {
  DUPLICATE_KEY: 'This name is given twice in the same place',
  MULTIPLE_DOCS: 'A settings file holds one document, but a second one begins here',
};

function offsetOf(document: Document, path: WrittenPath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      node = pair?.value;
    } else {
      node = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

export function parseSettingsDocument(text: string): SettingsDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return { line, column: col, text: plainTexts[error.code] ?? printableLine(error.message) };
  });
  let value: unknown;
  if (problems.length === 0) {
    try {
      value = document.toJS();
    } catch (error) {
      // Aliases without a target, or that expand without bound, are found only here. The parser does not report their position.
      problems.push({ line: 1, column: 1, text: printableLine((error as Error).message) });
    }
  }
  return { value, problems, lineOf: (path) => lineCounter.linePos(offsetOf(document, path)).line };
}
