import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from '@vscode/tree-sitter-wasm';
import { createParser } from '../../../src/files/syntax/load-grammar.ts';

export interface WrittenExpression {
  file: string;
  line: number;
  /** The expression itself; undefined where it is put together when the program runs. */
  expression: RegExp | undefined;
  /** As it is written. */
  text: string;
}

/** Every regular expression of a folder of TypeScript, as a parser finds them. */
export async function readExpressions(folder: string): Promise<WrittenExpression[]> {
  const parser = await createParser('typescript');
  try {
    return globSync('**/*.ts', { cwd: folder })
      .toSorted()
      .flatMap((file) => {
        const tree = parser.parse(readFileSync(join(folder, file), 'utf8'));
        if (tree === null) throw new Error(`${file} cannot be parsed.`);
        const found = expressionsIn(tree.rootNode).map((expression) => ({ file, ...expression }));
        tree.delete();
        return found;
      });
  } finally {
    parser.delete();
  }
}

function expressionsIn(root: Node): Omit<WrittenExpression, 'file'>[] {
  const literals = root.descendantsOfType('regex').flatMap((node) => {
    if (node === null) return [];
    const [pattern, flags] = [node.childForFieldName('pattern')?.text ?? '', node.childForFieldName('flags')?.text ?? ''];
    return [{ line: node.startPosition.row + 1, text: node.text, expression: new RegExp(pattern, flags) }];
  });
  const built = root.descendantsOfType(['new_expression', 'call_expression']).flatMap((node) => {
    const name = node?.childForFieldName('constructor') ?? node?.childForFieldName('function');
    if (node === null || name?.text !== 'RegExp') return [];
    const [source, flags] = node.childForFieldName('arguments')?.namedChildren ?? [];
    const [pattern, letters] = [textOf(source, root), flags === undefined ? '' : textOf(flags, root)];
    const expression = pattern === undefined || letters === undefined ? undefined : new RegExp(pattern, letters);
    return [{ line: node.startPosition.row + 1, text: node.text, expression }];
  });
  return [...literals, ...built];
}

/** What a piece of source stands for, where that is a text that is written in this file; a name of the program's own stands for any word. */
function textOf(node: Node | null | undefined, root: Node): string | undefined {
  switch (node?.type) {
    case 'string':
      return unescaped(node.text.slice(1, -1));
    case 'template_string':
      return ofTemplate(node, root, unescaped);
    case 'call_expression':
      return node.childForFieldName('function')?.text === 'String.raw'
        ? ofTemplate(node.childForFieldName('arguments')!, root, (text) => text)
        : undefined;
    case 'identifier': {
      const declared = root.descendantsOfType('variable_declarator').find((one) => one?.childForFieldName('name')?.text === node.text);
      return textOf(declared?.childForFieldName('value'), root);
    }
    default:
      return undefined;
  }
}

function ofTemplate(node: Node, root: Node, read: (text: string) => string): string {
  let text = '';
  let from = node.startIndex + 1;
  const source = root.text;
  for (const part of node.namedChildren) {
    if (part?.type !== 'template_substitution') continue;
    text += read(source.slice(from, part.startIndex)) + (textOf(part.namedChild(0), root) ?? 'word');
    from = part.endIndex;
  }
  return text + read(source.slice(from, node.endIndex - 1));
}

function unescaped(text: string): string {
  return JSON.parse(`"${text.replaceAll('\\`', '`').replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string;
}
