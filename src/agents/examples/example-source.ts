import type { CallLanguage, Example } from './example.ts';
import type { ProgramStart } from './program-start.ts';
import type { RequirementPiece } from './requirement-pieces.ts';

/** What the readers of examples look at. */
export interface ExampleSource {
  requirement: string;
  pieces: readonly RequirementPiece[];
  /** It speaks of standard input. */
  readsInput: boolean;
  /** What the requirement wants written or changed and something can start, in the order of its naming. */
  programs: readonly ProgramStart[];
  /** Of the modules that are wanted; undefined where their calls cannot be tried. */
  language: CallLanguage | undefined;
  /** Of the project: what a sentence says of its functions may be the very fault that is to go. */
  projectFiles: readonly { path: string; content: string }[];
  /** Data files whose content the requirement shows. */
  shownFiles: readonly { path: string; content: string }[];
}

/** Finds examples of one form. */
export type ExampleReader = (source: ExampleSource) => Example[];
