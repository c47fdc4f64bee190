import type { ProjectMap } from './project-map.ts';
import type { RankedFile } from './rank-files.ts';
import { signatureBlocks } from './signature-blocks.ts';

/**
 * The signatures of the files that a requirement is about, except of those that are given whole. Never more than so many tokens, by the estimate.
 * @param ranked the best first.
 */
export async function renderRelevant(
  map: ProjectMap,
  ranked: readonly RankedFile[],
  { tokens, whole }: { tokens: number; whole: ReadonlySet<string> },
): Promise<string> {
  const paths = ranked.flatMap(({ path, score }) => (score > 0 && !whole.has(path) ? [path] : []));
  return (await signatureBlocks(map, paths, { tokens })).text;
}
