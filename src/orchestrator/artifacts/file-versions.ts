import type { ArtifactRecord, RunState } from '../../state/run/run-state.ts';
import { standingFiles } from './standing-files.ts';

export interface FileVersion {
  artifact: ArtifactRecord;
  role: string;
  /** `stands`: this is the file now. `replaced`: another version is. `undone`: a person has taken it back. */
  place: 'stands' | 'replaced' | 'undone';
}

/** Every version of every file of a run, oldest first: its manifest. A version that a task wrote twice, unchanged, is one. */
export function fileVersions(state: RunState): FileVersion[] {
  const standing = new Map(standingFiles(state).map((file) => [file.path, file]));
  const versions = new Map<string, FileVersion>();
  for (const artifact of state.artifacts) {
    const { path, task, sha256, undone } = artifact;
    const stands = standing.get(path);
    const place = undone !== undefined ? 'undone' : stands?.task === task && stands.sha256 === sha256 ? 'stands' : 'replaced';
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
