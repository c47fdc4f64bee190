import type { CallLanguage, Example } from './example.ts';
import type { ProgramStart } from './program-start.ts';
import type { RequirementPiece } from './requirement-pieces.ts';

/** What the readers of examples look at. */
export interface ExampleSource {
  requirement: string;
  pieces: readonly RequirementPiece[];
  /** The requirement mentions standard input. */
  readsInput: boolean;
  /** Programs to write or change that can be started, in the order in which the requirement names them. */
  programs: readonly ProgramStart[];
  /** The language of the wanted modules. Undefined if calls in it cannot be tried. */
  language: CallLanguage | undefined;
  /** Files of the project. What a sentence says about their functions may be the very fault to remove. */
  projectFiles: readonly { path: string; content: string }[];
  /** Data files whose content the requirement shows. */
  shownFiles: readonly { path: string; content: string }[];
}

/** Finds examples of one form. */
export type ExampleReader = (source: ExampleSource) => Example[];
