import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { notNeeded } from './choose-working-set.ts';
import { filesToChange } from './files-to-change.ts';
import { importedFiles } from './imported-files.ts';
import type { StandingText } from './render-working-set.ts';

/**
 * How much a task needs the body of each of these files, for `SizedFile`: 0, it changes the file; 1, such a file imports it. Where nothing tells what it changes:
 * 2, its role has written the file, or such steps do; 3, a step that it depends on handed it over. All others come in the same order, from `notNeeded` on.
 * @param asked The file that its message asks for, where it asks for one.
 */
export function needsOfFiles(
  state: RunState,
  task: TaskRecord,
  { files, asked }: { files: readonly StandingText[]; asked?: string | undefined },
): (path: string) => number {
  const { certain, likely } = filesToChange(state, task, asked);
  const imported = importedFiles(asked === undefined ? certain : [...certain, asked], files);
  const before = new Set([...task.dependencies, ...task.dependencies.flatMap((name) => [...withinOf(name, state)])]);
  const handedOver = new Set(standingWork(state).flatMap(({ path, task: writer }) => (before.has(writer) ? [path] : [])));
  const guessed = certain.size > 0 || asked !== undefined ? notNeeded : 2;
  return (path) => {
    if (certain.has(path)) return 0;
    if (imported.has(path)) return 1;
    if (likely.has(path)) return guessed;
    return handedOver.has(path) ? guessed + 1 : notNeeded + 2;
  };
}

/** What joined the run for a task, directly or not. */
function withinOf(task: string, { children }: RunState): Set<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    for (const inner of children.get(name) ?? []) {
      found.add(inner);
      add(inner);
    }
  };
  add(task);
  return found;
}
