import type { DecisionRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { replyPaths } from '../artifacts/standing-files.ts';
import { givesVerdict } from './paths-to-show.ts';
import type { ReworkOptions } from './rework-options.ts';

/**
 * The steps in which the authors of what was rejected change it, one behind the other: each role its files, and each text for itself. Their ids go on from those
 * of earlier rounds. What a judge wrote about the rest is no more than the reason to ask, and is reworked only where nothing else was shown.
 */
export function reworkSteps(state: RunState, task: TaskRecord, { shown, comment = '', asked }: DecisionRecord): WorkflowStep[] {
  const texts = replyPaths(state);
  const units = new Map<string, Pick<ReworkOptions, 'role' | 'expects' | 'paths'>>();
  const work = shown.filter(({ task: writer }) => !isVerdictOf(state, writer));
  for (const { path, task: writer } of work.length > 0 ? work : shown) {
    const role = authorOf(state, path, writer);
    if (role === undefined) continue;
    const expects = texts.has(path) ? 'text' : 'files';
    const key = JSON.stringify([role, expects === 'text' ? path : '']);
    const unit = units.get(key);
    if (unit === undefined) units.set(key, { role, expects, paths: [path] });
    else unit.paths.push(path);
  }
  const before = [...state.tasks.values()].filter(({ parent, kind }) => parent === task.task && kind === 'rework').length;
  const ask = task.question?.ask ?? '';
  return [...units.values()].map((unit, index): WorkflowStep => {
    const number = before + index + 1;
    const options: ReworkOptions = { ...unit, ask, comment, asked };
    return {
      id: `rework/${number}`,
      kind: 'rework',
      description: `Change what was rejected: ${comment.replaceAll(/\s+/g, ' ')}`.slice(0, 300),
      // Later authors see what earlier ones have changed, and what was said in the rounds before.
      depends_on: number === 1 ? [] : [`rework/${number - 1}`],
      priority: task.priority,
      ...options,
    };
  });
}

function isVerdictOf(state: RunState, writer: string): boolean {
  const task = state.tasks.get(writer);
  return task !== undefined && givesVerdict(task);
}

/** The role that wrote a file last; a person's own version is none of a role. */
function authorOf(state: RunState, path: string, writer: string): string | undefined {
  const roleOf = (task: string) => state.tasks.get(task)?.role ?? '';
  const writers = [
    writer,
    ...state.artifacts
      .filter((artifact) => artifact.path === path)
      .map(({ task }) => task)
      .toReversed(),
  ];
  return writers.map(roleOf).find((role) => role !== '');
}
