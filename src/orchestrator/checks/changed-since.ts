import type { CheckRecord, RunState } from '../../state/run/run-state.ts';
import { standingFiles } from '../artifacts/standing-files.ts';
import type { SeenFile } from './seen-files.ts';

/**
 * The files for which a check does not speak, because they are not what it saw: changed, written, or gone since. Empty: it speaks for all that is there.
 * @param now What lies in the folder of the run; default: what the journal knows of it.
 */
export function changedSince(state: RunState, check: CheckRecord, now?: readonly SeenFile[]): string[] {
  const seen = byPath(check.files ?? knownFiles(state, check.sequence));
  const there = byPath(now ?? knownFiles(state, state.lastSequence + 1));
  return [...new Set([...seen.keys(), ...there.keys()])].filter((path) => seen.get(path) !== there.get(path));
}

function byPath(files: readonly SeenFile[]): Map<string, string | undefined> {
  return new Map(files.map(({ path, sha256 }) => [path, sha256]));
}

/** What the journal knew of the files of a run before an event: what the run had written, or what was found there since. */
function knownFiles(state: RunState, before: number): SeenFile[] {
  const artifacts = state.artifacts
    .filter(({ sequence }) => sequence < before)
    .map((artifact) =>
      artifact.undone !== undefined && artifact.undone.sequence >= before ? { ...artifact, undone: undefined } : artifact,
    );
  const files = byPath(standingFiles({ ...state, artifacts }));
  const touched = new Map(artifacts.map(({ path, sequence, undone }) => [path, undone?.sequence ?? sequence]));
  const found = [
    ...state.edits.map(({ path, found: sha256, sequence }) => ({ path, sha256, sequence })),
    ...state.checks.flatMap(({ files: seen = [], sequence }) => seen.map((file) => ({ ...file, sequence }))),
  ];
  for (const { path, sha256, sequence } of found.toSorted((a, b) => a.sequence - b.sequence))
    if (sequence < before && sequence > (touched.get(path) ?? before)) files.set(path, sha256);
  return [...files].map(([path, sha256]) => ({ path, sha256 }));
}
