import type { ProjectFile } from '../choosing/chosen-files.ts';
import type { ProjectCache } from '../cache/project-cache.ts';
import type { RowCache } from '../cache/row-cache.ts';
import type { SourceFacts } from './scan-source.ts';

/** The number is raised whenever other facts or signatures are read from the same content, or the same imports stand for other files. */
const kind = 'map 1';
const mostBytes = 256 * 1024 * 1024;

/** What was found out about one content. */
export interface KnownFacts extends SourceFacts {
  /** Undefined until somebody asks for them: to parse takes longer than everything else. */
  readonly signatures?: readonly string[] | undefined;
}

type FileName = Pick<ProjectFile, 'path' | 'sha256'>;

/** `targets`: the files that it imports, by their places in this list. Of a file in a language that is not known there are no facts. */
type Row = [
  path: string,
  sha256: string,
  targets: number[],
  imports?: string[],
  names?: string[],
  provides?: string[],
  signatures?: string[],
];

/** What this run and earlier ones found out about the files of a project. */
export class MapCache {
  readonly #cache: RowCache | undefined;
  readonly #rows: readonly Row[];
  /** By the ending of the name, since what a content says depends on its language, and by hash. */
  readonly #facts = new Map<string, Map<string, KnownFacts>>();
  #isNew = false;

  /** @param cache Undefined: nothing is kept for other runs. */
  constructor(cache: ProjectCache | undefined) {
    this.#cache = cache?.rows('map', { kind, mostBytes });
    this.#rows = this.#cache?.read().filter(isRow) ?? [];
    for (const [path, sha256, , imports, names, provides, signatures] of this.#rows) {
      if (imports !== undefined) this.#set({ path, sha256 }, { imports, names: names!, provides: provides!, signatures });
    }
  }

  /** What is known of a content, wherever in the project it stood. */
  factsOf({ path, sha256 }: FileName): KnownFacts | undefined {
    return this.#facts.get(endingOf(path))?.get(sha256);
  }

  keep(file: FileName, facts: KnownFacts): void {
    this.#set(file, facts);
    this.#isNew = true;
  }

  #set({ path, sha256 }: FileName, facts: KnownFacts): void {
    const ending = endingOf(path);
    const known = this.#facts.get(ending) ?? new Map<string, KnownFacts>();
    this.#facts.set(ending, known.set(sha256, facts));
  }

  /** The files that each file imports, if the project was mapped when it had these files, and no others. @param files sorted by path. */
  importsOf(files: readonly FileName[]): Map<string, string[]> | undefined {
    if (!isListOf(files, this.#rows)) return undefined;
    return new Map(this.#rows.map(([path, , targets]) => [path, targets.flatMap((target) => files[target]?.path ?? [])]));
  }

  /** For the next run. Forgets what is not there any more. @param files sorted by path, with the files that each imports. */
  async save(files: readonly (FileName & { readonly imports: readonly string[] })[]): Promise<void> {
    if (this.#cache === undefined || (!this.#isNew && isListOf(files, this.#rows))) return;
    this.#isNew = false;
    await this.#cache.write(this.#rowsOf(files));
  }

  *#rowsOf(files: Parameters<MapCache['save']>[0]): Generator<readonly unknown[]> {
    const places = new Map(files.map(({ path }, place) => [path, place]));
    for (const file of files) {
      const targets = file.imports.map((path) => places.get(path));
      const { imports, names, provides, signatures } = this.factsOf(file) ?? {};
      yield [file.path, file.sha256, targets, imports, names, provides, signatures].filter((value) => value !== undefined);
    }
  }
}

function isListOf(files: readonly FileName[], rows: readonly Row[]): boolean {
  return files.length === rows.length && files.every(({ path, sha256 }, place) => rows[place]![0] === path && rows[place]![1] === sha256);
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** By hand: a schema library takes longer for ten thousand rows than everything else. */
function isRow(value: unknown): value is Row {
  if (!Array.isArray(value)) return false;
  const [path, sha256, targets, ...lists] = value as unknown[];
  return (
    typeof path === 'string' &&
    typeof sha256 === 'string' &&
    Array.isArray(targets) &&
    targets.every((place) => typeof place === 'number') &&
    [0, 3, 4].includes(lists.length) &&
    lists.every((list) => Array.isArray(list) && list.every((word) => typeof word === 'string'))
  );
}
