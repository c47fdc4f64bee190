import type { RunState, TaskRecord } from './run-records.ts';

/** Whether nothing of a task may leave this machine: it is private, or one is that it joined the run for. */
export function isKeptHere(
  { tasks, definition }: Pick<RunState, 'tasks' | 'definition'>,
  task: Pick<TaskRecord, 'task' | 'private' | 'parent'>,
): boolean {
  if (isPrivateStep(definition, task.task.split('/', 1)[0])) return true;
  const seen = new Set<string>();
  for (let current: typeof task | undefined = task; current !== undefined;) {
    if (current.private === true) return true;
    const { parent } = current;
    if (parent === undefined || seen.has(parent)) return false;
    seen.add(parent);
    current = tasks.get(parent);
  }
  return false;
}

/** By definition, which never changes: a run asks for each of its tasks, and again and again. */
const privateSteps = new WeakMap<RunState['definition'], ReadonlySet<unknown>>();

/** What the workflow itself says, whatever a journal makes of it. */
function isPrivateStep(definition: RunState['definition'], id: string | undefined): boolean {
  const known = privateSteps.get(definition) ?? privateStepsIn(definition);
  privateSteps.set(definition, known);
  return known.has(id);
}

function privateStepsIn({ steps }: RunState['definition']): ReadonlySet<unknown> {
  if (!Array.isArray(steps)) return new Set();
  return new Set(steps.flatMap((step: { id?: unknown; private?: unknown } | null) => (step?.private === true ? [step.id] : [])));
}
