/**
 * Something that a requirement shows or states so exactly that it can be tried. Our own code reads it letter by letter: nobody has to trust a model with it,
 * and nothing that a model adds can become an example.
 */
export type Example =
  /** Commands that run one after the other in a folder with the run's files. */
  | {
      kind: 'commands';
      /** The words of the requirement, for people. */
      quote: string;
      /** Data files for the commands. */
      files: readonly { path: string; content: string }[];
      commands: readonly ExampleCommand[];
    }
  /** Lines of code that use the run's modules, one after the other in one process. */
  | { kind: 'calls'; quote: string; language: CallLanguage; lines: readonly ExampleLine[] };

/** Languages whose calls can be tried without a build. */
export type CallLanguage = 'python' | 'javascript';

export interface ExampleCommand {
  /** For the shell. */
  command: string;
  /** Standard input; absent: empty. */
  input?: string | undefined;
  expected?: ExpectedOutput | undefined;
  exitCode?: number | undefined;
}

/** `whole`: everything that is printed. `line`: one of its lines. White space at the end of lines and of the text does not count. */
export interface ExpectedOutput {
  text: string;
  extent: 'whole' | 'line';
  /** `any`: what a terminal shows, including errors. */
  from: 'output' | 'any';
}

export interface ExampleLine {
  code: string;
  /** A literal of the language. Absent: the line only prepares what follows. */
  result?: string | undefined;
}
