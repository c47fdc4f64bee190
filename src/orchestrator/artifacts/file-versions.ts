import type { ArtifactRecord, RunState } from '../../state/run/run-state.ts';
import { countingFiles } from './standing-files.ts';

/** A version of a file that a step has written, and whether it is the one that stands. */
export interface FileVersion {
  artifact: ArtifactRecord;
  role: string;
  /** `stands`: this is the file now. `replaced`: another version is. `removed`: a step has deleted or moved the file. `undone`: a person has taken it back. */
  place: 'stands' | 'replaced' | 'removed' | 'undone';
}

/** Every version of every file of a run, oldest first: its manifest. A version that a task wrote twice, unchanged, is one. */
export function fileVersions(state: RunState): FileVersion[] {
  const counting = new Map(countingFiles(state).map((file) => [file.path, file]));
  const versions = new Map<string, FileVersion>();
  for (const artifact of state.artifacts) {
    const { path, task, sha256, undone } = artifact;
    const counts = counting.get(path);
    const other = counts?.removed ? 'removed' : 'replaced';
    const stands = counts?.removed !== true && counts?.task === task && counts.sha256 === sha256;
    const place = undone !== undefined ? 'undone' : stands ? 'stands' : other;
    const key = JSON.stringify([task, path, sha256, undone?.sequence]);
    const known = versions.get(key);
    // What happened is what happened first; what was found is what was found last.
    versions.set(key, {
      artifact: known === undefined ? artifact : { ...artifact, outcome: known.artifact.outcome },
      role: state.tasks.get(task)?.role ?? '',
      place,
    });
  }
  return [...versions.values()];
}
