import { asksPrivacy } from '../../utils/asks-privacy.ts';
import type { RunState } from './run-records.ts';

type Known = Pick<RunState, 'tasks' | 'definition'>;

/**
 * The names of those that are private among a task and the tasks that it joined the run for. Its own name tells which these are, and the workflow itself is asked, too:
 * a journal that came from elsewhere may say anything of a task.
 */
export function privateWholes({ tasks, definition }: Known, task: string): string[] {
  const isAsked = asksAnyPrivacy(definition);
  return wholesOf(task).filter(
    (name) => tasks.get(name)?.private === true || (isAsked && saysPrivate(definition['steps'], name.split('/'))),
  );
}

/** `a`, `a/1` and `a/1/b` for `a/1/b`. */
function wholesOf(task: string): string[] {
  const names: string[] = [];
  for (let end = task.indexOf('/'); end !== -1; end = task.indexOf('/', end + 1)) names.push(task.slice(0, end));
  return [...names, task];
}

/** By definition, which never changes: a run asks for each of its tasks, and again and again. */
const asking = new WeakMap<RunState['definition'], boolean>();

function asksAnyPrivacy(definition: RunState['definition']): boolean {
  const known = asking.get(definition) ?? asksPrivacy(definition['steps']);
  asking.set(definition, known);
  return known;
}

/** Whether the step that a task is of says so. What stands between the ids of steps, such as the number of an iteration, is no step. */
function saysPrivate(steps: unknown, path: readonly string[]): boolean {
  let within = steps;
  let isPrivate = false;
  for (const id of path) {
    const step = stepsIn(within).get(id);
    isPrivate = step?.['private'] === true;
    within = step ?? within;
  }
  return isPrivate;
}

type Written = Readonly<Record<string, unknown>>;

/** By what holds them. */
const steps = new WeakMap<object, ReadonlyMap<unknown, Written>>();

/** The steps that a list of steps, or a step, holds, by their ids, without those within these. */
function stepsIn(holder: unknown): ReadonlyMap<unknown, Written> {
  if (typeof holder !== 'object' || holder === null) return new Map();
  const known = steps.get(holder);
  if (known !== undefined) return known;
  const found = new Map<unknown, Written>();
  for (const inner of Object.values(holder)) collect(inner, found);
  steps.set(holder, found);
  return found;
}

function collect(value: unknown, found: Map<unknown, Written>): void {
  if (typeof value !== 'object' || value === null) return;
  const { id } = value as Written;
  if (typeof id !== 'string') for (const inner of Object.values(value)) collect(inner, found);
  else if (found.get(id)?.['private'] !== true) found.set(id, value as Written);
}
