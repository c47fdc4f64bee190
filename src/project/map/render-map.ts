import type { ProjectMap } from './project-map.ts';
import { renderTree } from './render-tree.ts';

/**
 * The standing map: which files there are. It depends on the files alone, in whatever order they were found, and never has more than so many tokens, by the
 * estimate.
 */
export function renderMap(map: ProjectMap, { tokens }: { tokens: number }): Promise<string> {
  return Promise.resolve(renderTree(map.files, { tokens }));
}
