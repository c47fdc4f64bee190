/** What a word on the command line can be. `runs or steps`: a run, or a step of the newest one. `models`: of the settings. `models to run`: on this machine. */
export type WordKind =
  | 'runs'
  | 'runs or steps'
  | 'steps'
  | 'workflows'
  | 'workflow files'
  | 'models'
  | 'models to run'
  | 'roles'
  | 'files'
  | 'folders'
  | 'commands'
  | 'topics';

/** One way to go on with the word that is being typed. */
export interface Suggestion {
  /** The whole word. */
  word: string;
  /** What it is, on one line; empty where nothing is to be said. */
  about: string;
}

/** The ways to go on, and whether paths are among them: those are the shell's own business. */
export interface Completion {
  suggestions: Suggestion[];
  paths: 'none' | 'files' | 'folders';
}
