import { setImmediate } from 'node:timers/promises';
import type { ChosenFiles, ProjectFile } from '../choosing/chosen-files.ts';
import { factsCacheFile, factsKey, readFactsCache, writeFactsCache } from './facts-cache.ts';
import { mapLanguageOf } from './languages/map-languages.ts';
import type { ProjectMap } from './project-map.ts';
import { readSignatures } from './read-signatures.ts';
import { resolveImports } from './resolve-imports.ts';
import { scanSource, type SourceFacts } from './scan-source.ts';

export interface MapProjectOptions {
  /** The person's, outside the project. Without it every file is read. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called about once per hundred files, and at the end. */
  onProgress?: ((done: number, of: number) => void) | undefined;
}

/** After so many files others get their turn. */
const breathEvery = 100;
const nothing: SourceFacts = { imports: [], names: [], provides: [] };

/**
 * Reads what the files import and define. A content that was mapped before is not read again: what was found in it is in the cache folder.
 * @throws the signal's reason as soon as it is aborted.
 */
export async function mapProject(
  chosen: Pick<ChosenFiles, 'root' | 'files' | 'read'>,
  { cacheFolder, signal, onProgress }: MapProjectOptions,
): Promise<ProjectMap> {
  const cacheFile = cacheFolder === undefined ? undefined : factsCacheFile(cacheFolder, chosen.root);
  const cached = cacheFile === undefined ? new Map<string, SourceFacts>() : await readFactsCache(cacheFile);
  const byKey = new Map<string, SourceFacts>();
  const byPath = new Map<string, { file: ProjectFile; facts: SourceFacts }>();
  const files = chosen.files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  for (const [at, file] of files.entries()) {
    if (at % breathEvery === 0) {
      await setImmediate();
      signal?.throwIfAborted();
      onProgress?.(at, files.length);
    }
    const language = mapLanguageOf(file.path);
    if (language === undefined) {
      byPath.set(file.path, { file, facts: nothing });
      continue;
    }
    const key = factsKey(file.path, file.sha256);
    let facts = cached.get(key) ?? byKey.get(key);
    if (facts === undefined) {
      const content = await chosen.read(file.path);
      if (content === undefined) continue;
      facts = scanSource(language, content);
    }
    byKey.set(key, facts);
    byPath.set(file.path, { file, facts });
  }
  onProgress?.(files.length, files.length);
  const isSame = byKey.size === cached.size && [...byKey.keys()].every((key) => cached.has(key));
  if (cacheFile !== undefined && !isSame) await writeFactsCache(cacheFile, byKey);
  return projectMapOf(chosen, byPath);
}

function projectMapOf(
  chosen: Pick<ChosenFiles, 'read'>,
  found: ReadonlyMap<string, { readonly file: ProjectFile; readonly facts: SourceFacts }>,
): ProjectMap {
  const imports = resolveImports(new Map([...found].map(([path, { facts }]) => [path, facts])));
  return {
    files: [...found.values()].map(({ file: { path, bytes, sha256 }, facts }) => ({
      path,
      bytes,
      sha256,
      imports: imports.get(path) ?? [],
      names: facts.names,
    })),
    signaturesOf: async (path) => {
      const known = found.get(path);
      const content = known === undefined || mapLanguageOf(path) === undefined ? undefined : await chosen.read(path);
      return known === undefined || content === undefined ? [] : readSignatures(path, content, known.facts.names);
    },
  };
}
