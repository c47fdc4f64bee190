/** One bounded thing that a message asks the model for. Our own code decides what it is. */
export type Assignment =
  /** One whole file. */
  | {
      kind: 'file';
      path: string;
      purpose: FilePurpose;
      /** `changed`: the project has it, and the reply is to differ from it. */
      state: 'new' | 'changed';
      /** Functions and classes that the requirement names and that this file, or one beside it, has to define. */
      names: readonly string[];
      message: string;
      shows: Shown;
      /** `named`: the requirement itself says what the file is to contain. `derived`: our own code added the file. */
      origin: 'named' | 'derived';
    }
  /** Asks which of these files to change. The reply names them, and each becomes a `file`. */
  | { kind: 'choice'; among: readonly string[]; message: string; shows: Shown }
  /** A text for people. */
  | { kind: 'text'; message: string; shows: Shown }
  /** Decided already: no model is asked. */
  | { kind: 'decided'; text: string };

/** What a file is for. It decides which step writes the file. */
export type FilePurpose = 'code' | 'tests' | 'deployment' | 'documents';

/** Which of the run's files a message shows with their content: all, only the programs, or none. */
export type Shown = 'files' | 'code' | 'nothing';
