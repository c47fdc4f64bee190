/** What a browser is asked to open. */
export type PageToOpen =
  /** A file, relative to the folder of the project, with `/`, and what stands behind it in an address (`?a=1#b`). */
  | { kind: 'file'; path: string; rest: string }
  /** A server on this machine. */
  | { kind: 'server'; address: string };

/** Where the files of a project stand for the browser. No such host can exist, and what is asked of it is answered from the folder. */
export const projectOrigin = 'https://project.invalid';

/** What the program that opens pages is told, as JSON in its only argument. */
export interface PageOrder {
  page: PageToOpen;
  /** Absolute: the browser. */
  program: string;
  /** The address of playwright-core's module. */
  library: string;
  /** Whether the browser guards itself. Within our sandbox it cannot, and need not. */
  guard: 'sandbox' | 'browser' | 'nothing';
}

/** Something that a page did, or that happened to it, that a person who looks at it would want to know. */
export interface PageProblem {
  /** `uncaught`: an exception; `console`: an error that was printed; `missing`: what could not be loaded; `refused`: what was not let through; `asked`: a dialog, a window, a download. */
  kind: 'uncaught' | 'console' | 'missing' | 'refused' | 'asked';
  text: string;
}

/** What that program prints, as JSON in its last line. All texts are those of the page: hostile, and bounded there. */
export type SeenPage =
  | {
      kind: 'seen';
      title: string;
      /** Where the browser was in the end. */
      address: string;
      /** What is there in reading order, a line for each thing with its role and its accessible name. */
      outline: string;
      problems: PageProblem[];
      /** How many more there were. */
      more: number;
    }
  /** `why` ends a sentence. */
  | { kind: 'failed'; why: string; problems: PageProblem[]; more: number };
