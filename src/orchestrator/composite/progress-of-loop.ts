import { createHash } from 'node:crypto';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { verdictOf } from '../verdict.ts';
import type { Iteration } from './iterations.ts';

type Known = Pick<RunState, 'tasks' | 'children' | 'artifacts' | 'removals'>;

/**
 * Why another iteration of a loop would bring nothing new, a sentence: its last iteration found the same as an earlier one, or left its files as an earlier one had
 * left them. Undefined: it would, as far as that can be told. An iteration that neither checks nor writes anything tells nothing.
 */
export function noProgress(state: Known, iterations: readonly Iteration[]): string | undefined {
  const last = iterations.at(-1);
  if (last === undefined || iterations.length < 2) return undefined;
  const earlier = iterations.slice(0, -1);
  const sameAs = (markOf: (iteration: Iteration) => string | undefined) => {
    const mark = markOf(last);
    return mark === undefined ? undefined : earlier.findLast((iteration) => markOf(iteration) === mark)?.number;
  };
  const upTo = ({ number }: Iteration) => iterations.filter((iteration) => iteration.number <= number);
  const found = sameAs((iteration) => findingsMark(state, iteration));
  if (found !== undefined) return `Iteration ${last.number} has the same findings as iteration ${found}.`;
  const left = sameAs((iteration) => filesMark(state, upTo(iteration)));
  return left === undefined ? undefined : `Iteration ${last.number} leaves the same files as iteration ${left}.`;
}

/** Of what the checks of an iteration found; undefined where they found nothing, or there were none. */
function findingsMark(state: Known, iteration: Iteration): string | undefined {
  const findings = tasksWithin(state, iteration).flatMap(({ outputs }) => verdictOf(outputs)?.findings ?? []);
  return findings.length === 0
    ? undefined
    : markOf(
        findings.map(
          ({ file, text }) =>
            `${file}\n${text
              .toLowerCase()
              .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
              .trim()}`,
        ),
      );
}

/** Of the files that a loop has written, as the last of these iterations left them, whichever wrote them; undefined where no step of the last was to write any. */
function filesMark(state: Known, iterations: readonly Iteration[]): string | undefined {
  const writersOf = (iteration: Iteration) =>
    tasksWithin(state, iteration).filter(({ expects, status }) => expects === 'files' && status === 'completed');
  const writers = iterations.flatMap(writersOf);
  if (iterations.slice(-1).flatMap(writersOf).length === 0) return undefined;
  const names = new Set(writers.map(({ task }) => task));
  const files = new Map<string, { sha256: string; sequence: number }>();
  const versions = [...state.artifacts, ...state.removals.map((removal) => ({ ...removal, sha256: 'removed' }))];
  for (const { task, path, sha256, sequence, undone } of versions) {
    if (!names.has(task) || undone !== undefined || sequence < (files.get(path)?.sequence ?? -1)) continue;
    files.set(path, { sha256, sequence });
  }
  return markOf([...files].map(([path, { sha256 }]) => `${path}\n${sha256}`));
}

/** The tasks of an iteration, and all that joined the run for these. */
function tasksWithin({ tasks, children }: Known, { tasks: own }: Iteration): TaskRecord[] {
  const all = [...own];
  for (const { task } of all) for (const name of children.get(task) ?? []) all.push(...[tasks.get(name) ?? []].flat());
  return all;
}

function markOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.toSorted().join('\n\n')).digest('hex');
}
