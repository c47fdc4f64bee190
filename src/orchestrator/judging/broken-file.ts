import type { ArtifactRecord } from '../../state/run/run-state.ts';

/** A file that is on the disk and does not parse. */
export interface BrokenFile {
  path: string;
  content: Uint8Array;
  check: NonNullable<ArtifactRecord['check']>;
}

/** Languages of one grammar that everybody shares: what does not parse there is broken. Elsewhere valid dialects trip parsers. */
const repairable: ReadonlySet<string> = new Set(['json', 'python', 'javascript', 'typescript', 'tsx', 'yaml']);

/** Whether a parser of this language is believed. */
export function isRepairable(language: string): boolean {
  return repairable.has(language);
}

/** Those that a model is asked for once more. */
export function repairableFiles(broken: readonly BrokenFile[]): BrokenFile[] {
  return broken.filter(({ check }) => isRepairable(check.language));
}
