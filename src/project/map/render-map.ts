import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import type { ProjectMap } from './project-map.ts';
import { rankByImports } from './rank-by-imports.ts';
import { renderTree } from './render-tree.ts';
import { signatureBlocks } from './signature-blocks.ts';

/** The tree may take this much of the room; signatures get what it leaves. */
const shareOfTree = 0.6;
/** If all files fit into the tree anyway, more of them are not parsed. */
const mostFiles = 200;
const heading = '\nWhat the files on which most others rest define:\n\n';

/**
 * The standing map: which files there are, and the signatures of those on which most others rest. It depends on the files alone, in whatever order they were
 * found, and never has more than so many tokens, by the estimate.
 */
export async function renderMap(map: ProjectMap, { tokens }: { tokens: number }): Promise<string> {
  const tree = renderTree(map.files, { tokens: Math.floor(tokens * shareOfTree) });
  const left = tokens - estimateTokens(tree) - estimateTokens(heading);
  const imported = new Set(map.files.flatMap(({ imports }) => imports));
  const paths = rankByImports(map).filter((path) => imported.has(path));
  const { text } = await signatureBlocks(map, paths.slice(0, mostFiles), { tokens: left });
  return text === '' ? tree : `${tree}${heading}${text}`;
}
