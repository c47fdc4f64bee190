import { testFileFor } from '../../agents/plans/test-file-for.ts';
import { mapLanguageOf } from '../../project/map/languages/map-languages.ts';
import { resolveImports } from '../../project/map/resolve-imports.ts';
import { scanSource, type SourceFacts } from '../../project/map/scan-source.ts';

const nothing: SourceFacts = { imports: [], names: [], provides: [] };

/** Which of these files the ones at `paths` import. One that is not written yet imports the program that it is to test, if its name says which. */
export function importedFiles(paths: Iterable<string>, files: readonly { path: string; content: string }[]): Set<string> {
  const wanted = new Set(paths);
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const facts = sorted.map(({ path, content }): [string, SourceFacts] => {
    const language = mapLanguageOf(path);
    return [path, language === undefined ? nothing : scanSource(language, content)];
  });
  const imports = resolveImports(new Map(facts));
  const imported = new Set([...wanted].flatMap((path) => imports.get(path) ?? []));
  for (const { path } of files) if (wanted.has(testFileFor(path)?.path ?? '')) imported.add(path);
  for (const path of wanted) imported.delete(path);
  return imported;
}
