import { readDemands } from '../../agents/demands/read-demands.ts';
import { demandedPaths, filePurpose, purposeOfStep } from '../../agents/plans/file-purpose.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { nearOfProject } from '../artifacts/project-base.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { verdictOf } from '../verdict.ts';

/** Files of the run that a task is known to change, or about to. */
export interface FilesToChange {
  /** What it is asked for is about these by name. */
  certain: ReadonlySet<string>;
  /** What such a step delivers, and what its role has written. */
  likely: ReadonlySet<string>;
}

/**
 * Which of the files that stand a task changes, as far as the journal tells: the file that it is asked for, those that a finding, a failure, a person or its own
 * description names, those that the requirement demands of such a step; and with less certainty what its role has written. A task that writes a text changes nothing:
 * of its files those are certain that it is about.
 * @param asked The file that its message asks for, where it asks for one.
 */
export function filesToChange(state: RunState, task: TaskRecord, asked?: string): FilesToChange {
  const standing = standingWork(state);
  const paths = new Map(standing.map((file) => [file.path, file]));
  const named = [
    ...foundWrong(state, task),
    ...rejected(task),
    ...mentioned(task, standing),
    ...(task.expects === 'files' ? demanded(state, task) : []),
  ];
  // Who is asked for one file changes that one, whatever else the step is about.
  const certain = new Set((asked === undefined ? named : [asked]).filter((path) => paths.has(path)));
  const others = new Set(named);
  const purpose = purposeOfStep(task.taskType);
  const isLikely = (path: string, writer: string) =>
    others.has(path) || filePurpose(path) === purpose || state.tasks.get(writer)?.role === task.role || mayBeRepaired(task, path);
  const likely = standing.filter(({ path, task: writer }) => task.expects === 'files' && !certain.has(path) && isLikely(path, writer));
  return { certain, likely: new Set(likely.map(({ path }) => path)) };
}

/** The files that the checks before it found wrong. */
function foundWrong({ tasks }: RunState, { dependencies }: TaskRecord): string[] {
  const verdicts = dependencies.map((name) => verdictOf(tasks.get(name)?.outputs));
  return verdicts.flatMap((found) => (found?.verdict === 'needs_work' ? found.findings.map(({ file }) => file) : []));
}

/** The files that a person was shown and did not want like that. */
function rejected({ kind, options }: TaskRecord): string[] {
  const paths = kind === 'rework' ? options?.['paths'] : undefined;
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

/** Files that the words of the step name, and of a repair those that the failure names and that it may change. */
function mentioned(task: TaskRecord, standing: readonly { path: string }[]): string[] {
  const { named } = readDemands([task.description, task.instructions ?? ''].join('\n'), standing);
  const failure = task.kind === 'repair' ? task.options?.['failure'] : undefined;
  const failed = typeof failure === 'string' ? readDemands(failure, standing).named : [];
  return [...named, ...failed.filter((path) => mayBeRepaired(task, path))];
}

function mayBeRepaired({ kind, options }: TaskRecord, path: string): boolean {
  if (kind !== 'repair') return false;
  return filePurpose(path) === (options?.['of'] === 'tests' ? 'tests' : 'code');
}

/** What the requirement wants of such a step, by name. */
function demanded(state: RunState, { taskType }: TaskRecord): string[] {
  const { requirement, files: projectFiles, project } = state.input;
  const writingSteps = [...state.tasks.values()].flatMap((record) => (record.expects === 'files' ? [record.taskType] : []));
  return demandedPaths(taskType, { requirement, projectFiles, near: nearOfProject(project), writingSteps });
}
