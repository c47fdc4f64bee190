/** Faults that are visible in a file that parses but cannot work or is not finished. */
export type CodeFindingKind =
  /** Used but defined nowhere: the line fails when it runs. */
  | 'undefined_name'
  /** A package or type of the standard library is used but not imported: the file does not compile. */
  | 'missing_import'
  /** Imported but not used, in a language where that is an error. */
  | 'unused_import'
  /** The file or module that is imported does not exist. */
  | 'missing_module'
  /** A package that is neither part of the language nor declared by the project. The requirement decides whether it is allowed. */
  | 'third_party_import'
  /** The file exists but does not define the name that is imported from it. */
  | 'missing_export'
  /** Work that was left undone. */
  | 'placeholder'
  /** The file does nothing when it is started. */
  | 'no_entry'
  /** The requirement names it, but nothing defines it. */
  | 'demanded_name_missing';

export interface CodeFinding {
  kind: CodeFindingKind;
  /** From 1. */
  line: number;
  /** What the finding is about: a name, a module, or the words that reveal a placeholder. */
  name: string;
  /** Part of a sentence, in one line. What it quotes comes from the file and is not made safe to show. */
  message: string;
}

/** A file of the run or of the project, with its path from the root of either. */
export interface SourceFile {
  path: string;
  content: string;
}

export interface FindingOptions {
  /** The file is meant to be started directly. */
  isCommand?: boolean | undefined;
}
