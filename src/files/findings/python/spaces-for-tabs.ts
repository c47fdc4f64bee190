import { checkPython } from '../../syntax/check-python.ts';
import { readSource, type SourceNode } from '../source-tree.ts';

/** The possible widths of a tab at the beginning of a line, the likeliest first. */
const widths = [4, 8, 2];

/**
 * Indents a Python file that mixes tabs and spaces only by spaces. Undefined if no tab width makes it parse, if two widths give different programs, or if a
 * string would change.
 */
export async function withSpacesForTabs(content: string): Promise<string | undefined> {
  const lines = content.split('\n');
  if (!lines.some((line) => /^ *\t[ \t]*\S/.test(line)) || !lines.some((line) => /^\t* +\S/.test(line))) return undefined;
  let chosen: { text: string; shape: string } | undefined;
  for (const width of widths) {
    const changed = lines.map((line) => line.replace(/^[ \t]+/, (blank) => expanded(blank, width)));
    const text = changed.join('\n');
    const reading = await readSource(text, 'python');
    if (reading.kind !== 'read' || (await checkPython(text)).length > 0) continue;
    const touched = new Set(changed.flatMap((line, at) => (line === lines[at] ? [] : [at + 1])));
    if (changesString(reading.root, touched)) return undefined;
    const shape = shapeOf(reading.root);
    if (chosen !== undefined && chosen.shape !== shape) return undefined;
    chosen ??= { text, shape };
  }
  return chosen?.text;
}

function expanded(blank: string, width: number): string {
  let column = 0;
  for (const character of blank) column += character === '\t' ? width - (column % width) : 1;
  return ' '.repeat(column);
}

/** Whether a string other than a docstring covers lines that are changed. */
function changesString(root: SourceNode, touched: ReadonlySet<number>): boolean {
  for (const node of root.walk()) {
    if (node.type !== 'string' || node.parent?.type === 'expression_statement') continue;
    const height = node.text.split('\n').length;
    for (let line = node.line + 1; line < node.line + height; line += 1) if (touched.has(line)) return true;
  }
  return false;
}

/** The tree as text, without positions. */
function shapeOf(node: SourceNode): string {
  return node.children.length === 0 ? node.type : `${node.type}(${node.children.map(shapeOf).join(' ')})`;
}
