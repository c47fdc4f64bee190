import type { ProjectPaths } from './project-paths.ts';

/** What a language says in its sources about files and names. All that it reads is hostile: a line may be anything. */
export interface MapLanguage {
  /** Ends of file names without the dot, or whole names (`go.mod`), in lower case. */
  readonly endings: readonly string[];
  /** Reads a file line by line, from the first to the last. Lines are cut where no reader of code looks. */
  readonly scan: (lines: Iterable<string>, found: FoundFacts) => void;
  /** The files of the project that an import of the file `from` stands for; none if it is of somebody else. */
  readonly resolve?: (specifier: string, from: string, paths: ProjectPaths) => readonly string[];
}

/** What is found in one file. */
export interface FoundFacts {
  /** As the language writes it; what it stands for is decided later, when all files are known. */
  addImport(specifier: string): void;
  /** A name that other files may use. */
  addName(name: string): void;
  /** What others call this file, or what it belongs to: a package, a namespace, a module. */
  provide(key: string): void;
}
