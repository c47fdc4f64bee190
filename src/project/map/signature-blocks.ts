import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import type { ProjectMap } from './project-map.ts';
import { shownPath } from './shown-path.ts';

/** A file with more lines is cut: the first say what it is for. */
const mostLines = 40;
/** So many blocks in a row that did not fit: there is no room for more. */
const mostMisses = 8;

/**
 * The signatures of these files, the first of them first as long as there is room, and then in path order. A file without any takes no room; of one that does
 * not fit, none are shown.
 * @returns the text, and the paths that are in it.
 */
export async function signatureBlocks(
  map: ProjectMap,
  paths: readonly string[],
  { tokens }: { tokens: number },
): Promise<{ text: string; paths: Set<string> }> {
  const blocks: { path: string; text: string }[] = [];
  let left = tokens;
  let misses = 0;
  for (const path of paths) {
    if (misses >= mostMisses || left < least) break;
    const lines = await map.signaturesOf(path);
    if (lines.length === 0) continue;
    const text = blockOf(path, lines);
    const price = estimateTokens(text);
    if (price > left) {
      misses += 1;
      continue;
    }
    left -= price;
    blocks.push({ path, text });
  }
  blocks.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { text: blocks.map(({ text }) => text).join(''), paths: new Set(blocks.map(({ path }) => path)) };
}

/** No block is smaller. */
const least = 5;

function blockOf(path: string, lines: readonly string[]): string {
  const shown = lines.slice(0, mostLines).map((line) => `  ${line}\n`);
  return `${shownPath(path)}\n${shown.join('')}${lines.length > mostLines ? '  …\n' : ''}`;
}
