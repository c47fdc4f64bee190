import { setImmediate } from 'node:timers/promises';
import type { ChosenFiles, ProjectFile } from '../choosing/chosen-files.ts';
import { ProjectCache } from '../cache/project-cache.ts';
import { type KnownFacts, MapCache } from './map-cache.ts';
import { mapLanguageOf } from './languages/map-languages.ts';
import type { ProjectMap } from './project-map.ts';
import { isSignature, readSignatures } from './read-signatures.ts';
import { resolveImports } from './resolve-imports.ts';
import { scanSource } from './scan-source.ts';

export interface MapProjectOptions {
  /** The person's, outside the project. Without it every file is read. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called about once per hundred files, and at the end. */
  onProgress?: ((done: number, of: number) => void) | undefined;
}

/** After so many files others get their turn. */
const breathEvery = 100;
const nothing: KnownFacts = { imports: [], names: [], provides: [] };

/** A map that remembers what it found out. */
export interface MappedProject extends ProjectMap {
  /** Keeps it in the cache folder for the next run. Never fails: that only saves time. */
  keep(): Promise<void>;
}

/**
 * Reads what the files import and define. A content that was mapped before is not read again: what was found in it is in the cache folder.
 * @throws the signal's reason as soon as it is aborted.
 */
export async function mapProject(
  chosen: Pick<ChosenFiles, 'root' | 'files' | 'read'>,
  { cacheFolder, signal, onProgress }: MapProjectOptions,
): Promise<MappedProject> {
  const cache = new MapCache(cacheFolder === undefined ? undefined : new ProjectCache(cacheFolder, chosen.root));
  const found = new Map<string, { file: ProjectFile; facts: KnownFacts }>();
  const sorted = chosen.files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  for (const [at, file] of sorted.entries()) {
    if (at % breathEvery === 0) {
      await setImmediate();
      signal?.throwIfAborted();
      onProgress?.(at, sorted.length);
    }
    const facts = await factsOf(file, { chosen, cache });
    if (facts !== undefined) found.set(file.path, { file, facts });
  }
  onProgress?.(sorted.length, sorted.length);
  const known = [...found.values()];
  const imports =
    cache.importsOf(known.map(({ file }) => file)) ?? resolveImports(new Map(known.map(({ file, facts }) => [file.path, facts])));
  const files = known.map(({ file: { path, bytes, sha256 }, facts: { names } }) => ({
    path,
    bytes,
    sha256,
    imports: imports.get(path) ?? [],
    names,
  }));
  return {
    files,
    signaturesOf: async (path) => {
      const { file, facts } = found.get(path) ?? {};
      if (file === undefined || facts === undefined || mapLanguageOf(path) === undefined) return [];
      const before = cache.factsOf(file)?.signatures;
      if (before?.every(isSignature)) return before;
      const content = await chosen.read(path);
      if (content === undefined) return [];
      const signatures = await readSignatures(path, content, facts.names);
      cache.keep(file, { ...facts, signatures });
      return signatures;
    },
    keep: () => cache.save(files),
  };
}

/** Undefined for a file that is not what was chosen any more. */
async function factsOf(
  file: ProjectFile,
  { chosen, cache }: { chosen: Pick<ChosenFiles, 'read'>; cache: MapCache },
): Promise<KnownFacts | undefined> {
  const language = mapLanguageOf(file.path);
  if (language === undefined) return nothing;
  const before = cache.factsOf(file);
  if (before !== undefined) return before;
  const content = await chosen.read(file.path);
  if (content === undefined) return undefined;
  const facts = scanSource(language, content);
  cache.keep(file, facts);
  return facts;
}
