/** What can be seen in a file that parses and yet cannot work, or is not finished. */
export type CodeFindingKind =
  /** Used and bound nowhere: the line fails when it runs. */
  | 'undefined_name'
  /** A package or type of the standard library is used and not imported: the file does not compile. */
  | 'missing_import'
  /** Imported and not used, where the language takes that for an error. */
  | 'unused_import'
  /** The file or module that is imported does not exist. */
  | 'missing_module'
  /** A package that neither comes with the language nor is declared by the project; whether that is allowed is for the requirement to say. */
  | 'third_party_import'
  /** The file exists and does not define the name that is imported from it. */
  | 'missing_export'
  /** Work that was left for somebody else. */
  | 'placeholder'
  /** The file would do nothing when it is started. */
  | 'no_entry'
  /** The requirement names it, and nobody defines it. */
  | 'demanded_name_missing';

export interface CodeFinding {
  kind: CodeFindingKind;
  /** From 1. */
  line: number;
  /** What the finding is about: a name, a module, or the words that give a placeholder away. */
  name: string;
  /** A part of a sentence, in one line; what it quotes comes from the file and is not made safe to show. */
  message: string;
}

/** A file of the run or of the project, with its path from the root of either. */
export interface SourceFile {
  path: string;
  content: string;
}

export interface FindingOptions {
  /** The file is to be started by itself. */
  isCommand?: boolean | undefined;
}
