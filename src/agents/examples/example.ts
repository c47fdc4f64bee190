/**
 * Something that a requirement shows or says exactly, so that it can be tried. Our own code reads it, letter by letter: nobody has to trust a model with it,
 * and what a model adds cannot become one.
 */
export type Example =
  /** Commands in a folder with the files of the run, one after the other. */
  | {
      kind: 'commands';
      /** What the requirement says, for people. */
      quote: string;
      /** Data that the commands find there. */
      files: readonly { path: string; content: string }[];
      commands: readonly ExampleCommand[];
    }
  /** Lines of code that use the modules of the run, one after the other in one process. */
  | { kind: 'calls'; quote: string; language: CallLanguage; lines: readonly ExampleLine[] };

/** Languages whose calls can be tried without building anything. */
export type CallLanguage = 'python' | 'javascript';

export interface ExampleCommand {
  /** For the shell. */
  command: string;
  /** Standard input; absent: empty. */
  input?: string | undefined;
  expected?: ExpectedOutput | undefined;
  exitCode?: number | undefined;
}

/** `whole`: all that is printed. `line`: one of its lines. White space at the end of lines and of the text does not count. */
export interface ExpectedOutput {
  text: string;
  extent: 'whole' | 'line';
  /** `any`: what a terminal shows, errors included. */
  from: 'output' | 'any';
}

export interface ExampleLine {
  code: string;
  /** A literal of the language; absent: the line only prepares what follows. */
  result?: string | undefined;
}
