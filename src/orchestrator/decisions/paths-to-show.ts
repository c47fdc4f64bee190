import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

/**
 * The paths that a task shows to a person: what the named tasks have written or removed, by default those that it depends on. A dependency that wrote nothing,
 * such as a command, passes on what it depends on itself, and so does one that gives a verdict: what it judged is shown with its verdict. One that asked a person
 * passes on what it has shown.
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
    if (own.length === 0) open.push(...beforeTask(state, name));
    for (const judge of tasksOf(state, name).filter(givesVerdict)) open.push(...beforeTask(state, judge.task));
  }
  // What this task has had reworked is its own.
  for (const path of pathsOf(state, task)) paths.add(path);
  return paths;
}

/** Whether a task judged what others wrote. */
export function givesVerdict({ outputs }: TaskRecord): boolean {
  return typeof outputs?.['verdict'] === 'string';
}

/** What a task depends on; the first ones within another task depend on what that one depends on. */
function beforeTask(state: RunState, name: string): readonly string[] {
  const { dependencies = [], parent } = state.tasks.get(name) ?? {};
  return dependencies.length > 0 || parent === undefined ? dependencies : beforeTask(state, parent);
}

function tasksOf(state: RunState, name: string): TaskRecord[] {
  return [...state.tasks.values()].filter(({ task }) => task === name || task.startsWith(`${name}/`));
}

/** What a task and those that joined the run for it have changed or shown. */
function pathsOf(state: RunState, name: string): string[] {
  const isMeant = (task: string) => task === name || task.startsWith(`${name}/`);
  const changed = [...state.artifacts, ...state.removals].filter(({ task, undone }) => undone === undefined && isMeant(task));
  const shown = tasksOf(state, name).flatMap(({ question }) => question?.shown ?? []);
  return [...changed, ...shown].map(({ path }) => path);
}
