import { mapLanguageOf } from './languages/map-languages.ts';
import { ProjectPaths } from './languages/project-paths.ts';
import type { SourceFacts } from './scan-source.ts';

/** A file that imports hundreds of packages does not rest on each of their files. */
const mostImports = 500;

/**
 * The files of the project that each file imports, without itself.
 * @param facts of all files, sorted by path.
 */
export function resolveImports(facts: ReadonlyMap<string, SourceFacts>): Map<string, string[]> {
  const paths = new ProjectPaths([...facts].map(([path, { provides }]) => ({ path, provides })));
  const resolved = new Map<string, string[]>();
  for (const [from, { imports }] of facts) {
    const resolve = mapLanguageOf(from)?.resolve;
    if (resolve === undefined || imports.length === 0) continue;
    const targets = new Set<string>();
    for (const specifier of imports) {
      for (const path of resolve(specifier, from, paths)) if (path !== from && targets.size < mostImports) targets.add(path);
    }
    resolved.set(from, [...targets]);
  }
  return resolved;
}
