import type { ManifestEntry } from '../../files/file-manifest.ts';
import type { ArtifactRecord, RemovalRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { isDecided, reworkOf } from './order-of-version.ts';
import { derivedFrom } from '../../utils/derived-list.ts';

/** What is known of files. */
export type FilesOfRun = Pick<RunState, 'artifacts' | 'removals' | 'tasks'>;

type Counted = ManifestEntry & { sequence: number; isDecided: boolean };

/** Of each path the version that counts, of a list of its own: of several the one of the latest step, of one step's the last. What a person has decided replaces what stood. */
function versions(isMeant: (version: ArtifactRecord | RemovalRecord) => boolean) {
  return derivedFrom<ArtifactRecord | RemovalRecord, Map<string, Counted>, RunState['tasks']>(
    () => new Map(),
    (files, version, tasks) => {
      const { path, sha256, task, undone, sequence } = version;
      if (undone !== undefined || !isMeant(version)) return;
      const known = files.get(path);
      const own = tasks.get(task)?.number ?? 0;
      const order = known !== undefined && isDecided(version, tasks) ? Math.max(own, known.order) : own;
      if (known === undefined || known.order <= order)
        files.set(path, { path, sha256, task, order, sequence, isDecided: isDecided(version, tasks) });
    },
  );
}

const counting = versions(() => true);
const countingWork = versions((version) => !('format' in version && version.format === 'reply'));

/** What counts for each path of a run; that a file was removed is a version of it, too. What was undone counts no more. */
export function countingFiles(state: FilesOfRun): ManifestEntry[] {
  return afterRemovals(counting(state.artifacts, state.tasks), state);
}

function afterRemovals(written: ReadonlyMap<string, Counted>, { removals, tasks }: FilesOfRun): ManifestEntry[] {
  const files = new Map<string, Counted>(written);
  for (const gone of counting(removals, tasks).values()) {
    const known = files.get(gone.path);
    const isLater = known === undefined || known.sequence < gone.sequence;
    const counts = known === undefined || known.order < gone.order || (isLater && (known.order === gone.order || gone.isDecided));
    if (counts) files.set(gone.path, { ...gone, order: Math.max(gone.order, known?.order ?? 0), removed: true });
  }
  return [...files.values()].map(({ path, sha256, task, order, removed }) => ({
    path,
    sha256,
    task,
    order,
    ...(removed ? { removed } : {}),
  }));
}

/** Where what a task writes stands among the versions of a file: at the place of its step; of a rework not before what it reworks. */
export function orderOfTask(state: FilesOfRun, task: TaskRecord): number {
  const paths = reworkOf(task, state.tasks)?.options?.['paths'];
  if (!Array.isArray(paths)) return task.number;
  const reworked = countingFiles(state).filter(({ path }) => paths.includes(path));
  return Math.max(task.number, ...reworked.map(({ order }) => order));
}

/** The files of a run that stand. */
export function standingFiles(state: FilesOfRun): ManifestEntry[] {
  return countingFiles(state).filter((file) => !file.removed);
}

/** Those among them that are none of the replies of steps that expect text: a long run has many of these, and each of its steps asks for the others. */
export function standingWork(state: FilesOfRun): ManifestEntry[] {
  const left = replyPaths(state);
  return afterRemovals(countingWork(state.artifacts, state.tasks), state).filter(({ path, removed }) => !removed && !left.has(path));
}

/** The files that its steps removed. */
export function removedFiles(state: FilesOfRun): ManifestEntry[] {
  return state.removals.length === 0 ? [] : countingFiles(state).filter((file) => file.removed);
}

const replies = derivedFrom<ArtifactRecord, Set<string>>(
  () => new Set(),
  (paths, { format, path }) => {
    if (format === 'reply') paths.add(path);
  },
);

/** The paths under which steps that expect text have left their replies. */
export function replyPaths({ artifacts }: Pick<RunState, 'artifacts'>): ReadonlySet<string> {
  return replies(artifacts, undefined);
}
