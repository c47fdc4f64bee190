/** What one message to the model asks for: a bounded thing, decided by our own code. */
export type Assignment =
  /** One whole file. */
  | {
      kind: 'file';
      path: string;
      purpose: FilePurpose;
      /** `changed`: it stands in the project, and the reply is to differ from it. */
      state: 'new' | 'changed';
      /** Functions and classes that the requirement names, which this file or one beside it has to have. */
      names: readonly string[];
      message: string;
      shows: Shown;
      /** `named`: the requirement itself says what it is to hold. `derived`: our own code came up with it. */
      origin: 'named' | 'derived';
    }
  /** Which of these files are to be changed: the reply names them, and each becomes a `file`. */
  | { kind: 'choice'; among: readonly string[]; message: string; shows: Shown }
  /** A text for people. */
  | { kind: 'text'; message: string; shows: Shown }
  /** What is decided already: nobody is asked. */
  | { kind: 'decided'; text: string };

/** What a file is for: it says which step writes it. */
export type FilePurpose = 'code' | 'tests' | 'deployment' | 'documents';

/** Of the run's files: all with their content, the programs alone, or none. */
export type Shown = 'files' | 'code' | 'nothing';
