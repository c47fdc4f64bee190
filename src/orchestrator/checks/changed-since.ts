import type { CheckRecord, RunState } from '../../state/run/run-state.ts';
import { standingFiles } from '../artifacts/standing-files.ts';
import { bearsOnChecks, untouchedFiles } from './files-for-check.ts';
import type { SeenFile } from './seen-files.ts';

/**
 * The files for which a check does not speak, because they are not what it saw: changed, written, or gone since. Empty: it speaks for all that is there.
 * @param now What lies in the folder of the run; default: what the journal knows of it.
 */
export function changedSince(state: RunState, check: CheckRecord, now?: readonly SeenFile[]): string[] {
  const seen = byPath(check.files ?? knownFiles(state, check.sequence));
  const there = byPath(now?.filter((file) => file.of === undefined) ?? knownFiles(state, state.lastSequence + 1));
  if (check.verification !== undefined) for (const { path, sha256 } of untouchedFiles(state)) there.set(path, sha256);
  const changed = [...new Set([...seen.keys(), ...there.keys()])].filter((path) => seen.get(path) !== there.get(path));
  const all = [...changed, ...changedInProject(state, check, now).filter((path) => !changed.includes(path))];
  return check.verification === undefined ? all : all.filter((path) => bearsOnChecks(path));
}

/** Of the project below: files that are not what the check saw of them. Those that the run has changed since are no part of it any more. */
function changedInProject(state: RunState, { project, sequence }: CheckRecord, now: readonly SeenFile[] | undefined): string[] {
  if (project === undefined) return [];
  const known = state.checks.findLast((check) => check.project !== undefined && check.sequence >= sequence)?.project ?? project;
  const seen = byPath(project);
  const there = byPath(now?.filter((file) => file.of === 'project') ?? known);
  const own = new Set([...state.artifacts, ...state.removals].filter(({ undone }) => undone === undefined).map(({ path }) => path));
  const keyOf = (files: Map<string, string | undefined>, path: string) => (files.has(path) ? (files.get(path) ?? 'gone') : 'as it was');
  return [...new Set([...seen.keys(), ...there.keys()])].filter((path) => !own.has(path) && keyOf(seen, path) !== keyOf(there, path));
}

function byPath(files: readonly SeenFile[]): Map<string, string | undefined> {
  return new Map(files.map(({ path, sha256 }) => [path, sha256]));
}

/** What was recorded before an event, without what was undone since. */
function asOf<Version extends { sequence: number; undone?: { sequence: number } | undefined }>(
  versions: Version[],
  before: number,
): Version[] {
  return versions
    .filter(({ sequence }) => sequence < before)
    .map((version) => (version.undone !== undefined && version.undone.sequence >= before ? { ...version, undone: undefined } : version));
}

/** What the journal knew of the files of a run before an event: what the run had written, or what was found there since. */
function knownFiles(state: RunState, before: number): SeenFile[] {
  const artifacts = asOf(state.artifacts, before);
  const removals = asOf(state.removals, before);
  const files = byPath(standingFiles({ tasks: state.tasks, artifacts, removals }));
  const touched = new Map([...artifacts, ...removals].map(({ path, sequence, undone }) => [path, undone?.sequence ?? sequence]));
  const found = [
    ...state.edits.map(({ path, found: sha256, sequence }) => ({ path, sha256, sequence })),
    // What ran by itself saw what the journal has, and not the disk.
    ...state.checks.flatMap(({ files: seen = [], sequence, verification }) =>
      verification === undefined ? seen.map((file) => ({ ...file, sequence })) : [],
    ),
  ];
  for (const { path, sha256, sequence } of found.toSorted((a, b) => a.sequence - b.sequence))
    if (sequence < before && sequence > (touched.get(path) ?? before)) files.set(path, sha256);
  return [...files].map(([path, sha256]) => ({ path, sha256 }));
}
