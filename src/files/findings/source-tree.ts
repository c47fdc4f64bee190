import type { TreeCursor } from '@vscode/tree-sitter-wasm';
import { createParser, type GrammarName } from '../syntax/load-grammar.ts';

/** Larger files are not examined. */
export const largestSource = 1024 * 1024;

/** A file that takes longer to parse is not examined. */
const limitMilliseconds = 2000;

/** No person or model would nest code deeper on purpose. Recursive walks of the tree rely on this limit. */
const deepest = 600;

/** The text of a file, which finds line numbers without counting each time. */
class SourceText {
  readonly text: string;
  #lineEnds: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  lineAt(offset: number): number {
    this.#lineEnds ??= Array.from(this.text.matchAll(/\n/g), ({ index }) => index);
    let low = 0;
    let high = this.#lineEnds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineEnds[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }
}

/** A named node of a tree, copied from the grammar's memory so that nobody has to free it. */
export class SourceNode {
  readonly type: string;
  /** The node's role in its parent; empty if the grammar does not name it. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly parent: SourceNode | undefined;
  readonly #text: SourceText;
  readonly children: SourceNode[] = [];

  constructor(cursor: TreeCursor, parent: SourceNode | undefined, text: SourceText) {
    this.type = cursor.nodeType;
    this.field = cursor.currentFieldName ?? '';
    this.start = cursor.startIndex;
    this.end = cursor.endIndex;
    this.parent = parent;
    this.#text = text;
  }

  /** The whole file. */
  get source(): string {
    return this.#text.text;
  }

  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  /** From 1. */
  get line(): number {
    return this.#text.lineAt(this.start);
  }

  child(field: string): SourceNode | undefined {
    return this.children.find((child) => child.field === field);
  }

  childrenOf(field: string): SourceNode[] {
    return this.children.filter((child) => child.field === field);
  }

  /** This node and all nodes below it, in the order of the text. */
  *walk(): Generator<SourceNode> {
    const waiting: SourceNode[] = [this];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      yield node;
      for (let at = node.children.length - 1; at >= 0; at -= 1) waiting.push(node.children[at] as SourceNode);
    }
  }

  /** The node's parent, its parent's parent and so on. */
  *ancestors(): Generator<SourceNode> {
    for (let node = this.parent; node !== undefined; node = node.parent) yield node;
  }
}

export type SourceReading =
  | { kind: 'read'; root: SourceNode }
  /** The text breaks the rules of its language. */
  | { kind: 'broken' }
  /** Too large, too deep or too slow to judge. */
  | { kind: 'unread' };

/** The tree of a text without the punctuation. */
export async function readSource(text: string, grammar: GrammarName): Promise<SourceReading> {
  if (text.length > largestSource) return { kind: 'unread' };
  const parser = await createParser(grammar);
  try {
    const end = performance.now() + limitMilliseconds;
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
    if (tree === null) return { kind: 'unread' };
    try {
      if (tree.rootNode.hasError) return { kind: 'broken' };
      const cursor = tree.walk();
      try {
        const root = copyOf(cursor, new SourceText(text));
        return root === undefined ? { kind: 'unread' } : { kind: 'read', root };
      } finally {
        cursor.delete();
      }
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}

/** Undefined if it is nested too deeply. */
function copyOf(cursor: TreeCursor, text: SourceText): SourceNode | undefined {
  const root = new SourceNode(cursor, undefined, text);
  let parent: SourceNode = root;
  let depth = 0;
  if (!cursor.gotoFirstChild()) return root;
  for (;;) {
    if (cursor.nodeIsNamed) {
      const node = new SourceNode(cursor, parent, text);
      parent.children.push(node);
      if (cursor.gotoFirstChild()) {
        parent = node;
        depth += 1;
        if (depth > deepest) return undefined;
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || parent === root) return root;
      parent = parent.parent as SourceNode;
      depth -= 1;
    }
  }
}
