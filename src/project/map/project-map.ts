/** A file of the project as the map knows it. All lists are in the order of the file, without repetitions, and bounded. */
export interface MappedFile {
  /** '/'-separated, relative to the root. */
  readonly path: string;
  readonly bytes: number;
  /** Of its content in UTF-8, in hexadecimal. */
  readonly sha256: string;
  /** The files of the project that it imports, by path. What stands outside the project is not listed. */
  readonly imports: readonly string[];
  /** What it exports, or defines at its top level where the language does not say what is exported. */
  readonly names: readonly string[];
}

/** What is known of a project without its contents. It depends on the files alone. */
export interface ProjectMap {
  /** Sorted by path. Files that changed or vanished since they were chosen are not among them, if they had to be read. */
  readonly files: readonly MappedFile[];
  /**
   * One short line for each thing that the file defines for others, without bodies, in the order of the file.
   * Empty for a language that is not known, and for a file that would have to be read and has changed since it was mapped.
   */
  signaturesOf(path: string): Promise<readonly string[]>;
}
