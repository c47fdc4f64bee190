import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

/**
 * The paths that a task shows to a person: what the named tasks have written or removed, by default those that it depends on. A dependency that wrote nothing,
 * such as a command, passes on what it depends on itself, and one that asked a person what it has shown.
 * @param show Ids of tasks.
 */
export function pathsToShow(state: RunState, { task, dependencies }: TaskRecord, show?: readonly string[]): Set<string> {
  const paths = new Set<string>();
  if (show !== undefined) {
    for (const name of show) for (const path of pathsOf(state, name)) paths.add(path);
    return paths;
  }
  const seen = new Set([task]);
  const open = [...dependencies];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const own = pathsOf(state, name);
    for (const path of own) paths.add(path);
    if (own.length === 0) open.push(...(state.tasks.get(name)?.dependencies ?? []));
  }
  // What this task has had reworked is its own.
  for (const path of pathsOf(state, task)) paths.add(path);
  return paths;
}

/** What a task and those that joined the run for it have changed or shown. */
function pathsOf(state: RunState, name: string): string[] {
  const isMeant = (task: string) => task === name || task.startsWith(`${name}/`);
  const changed = [...state.artifacts, ...state.removals].filter(({ task, undone }) => undone === undefined && isMeant(task));
  const shown = [...state.tasks.values()].filter(({ task }) => isMeant(task)).flatMap(({ question }) => question?.shown ?? []);
  return [...changed, ...shown].map(({ path }) => path);
}
