import type { FragmentGrammar } from './describe-node.ts';
import type { Outline, OutlineEntry } from './outline.ts';
import type { readOutline } from './read-outline.ts';

/** A piece of a file, as its grammar sees it. */
export interface Fragment {
  outline: Outline;
  entries: readonly OutlineEntry[];
  /** Whether the entries could be read only as members of a class that the piece does not name. */
  areMembers: boolean;
}

/** Languages in which a method can be read only within its class. */
const needsClass: ReadonlySet<FragmentGrammar> = new Set(['java', 'javascript', 'tsx', 'typescript']);

/** @returns undefined for a text that parses neither as a file nor as members of a class. */
export async function readFragment(text: string, grammar: FragmentGrammar, read: typeof readOutline): Promise<Fragment | undefined> {
  const dedented = withoutCommonIndentation(text);
  const outline = await read(dedented, grammar);
  const isWhole = outline?.entries.some(({ kind }) => kind === 'definition' || kind === 'container');
  if (outline !== undefined && (isWhole || !needsClass.has(grammar))) return { outline, entries: outline.entries, areMembers: false };
  const within = needsClass.has(grammar) ? await read(`class Fragment__ {\n${dedented}\n}`, grammar) : undefined;
  const [container] = within?.entries ?? [];
  const hasMembers = container?.kind === 'container' && container.entries.some(({ kind }) => kind === 'definition');
  if (within !== undefined && hasMembers) return { outline: within, entries: container.entries, areMembers: true };
  return outline && { outline, entries: outline.entries, areMembers: false };
}

/** Moves a method that was copied with the indentation of its class to the margin. */
function withoutCommonIndentation(text: string): string {
  const lines = text.split('\n');
  const indentations = lines.flatMap((line) => (line.trim() === '' ? [] : [/^[ \t]*/.exec(line)![0]]));
  const [first = ''] = indentations;
  let length = first.length;
  for (const indentation of indentations) {
    let same = 0;
    while (same < length && indentation[same] === first[same]) same += 1;
    length = same;
  }
  return length === 0 ? text : lines.map((line) => line.slice(Math.min(length, /^[ \t]*/.exec(line)![0].length))).join('\n');
}
