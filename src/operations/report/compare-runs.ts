import { runStream } from '../../events/run-stream.ts';
import { standingWork } from '../../orchestrator/artifacts/standing-files.ts';
import { privateWholes } from '../../state/run/private-wholes.ts';
import { foldRun, type RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { Workspace } from '../workspace.ts';
import { type RunReport, reportOfRun } from './report-of-run.ts';
import { Contents, differenceOf, type ShownContent } from './reported-file.ts';

/** Two runs side by side, the earlier one first. */
export interface ComparedRuns {
  runs: readonly [RunReport, RunReport];
  /** Files that differ at the end of the runs, or are there in one of them only, by path. */
  files: ComparedFile[];
  /** How many files are the same in both. */
  same: number;
}

/** A file that differs between two runs. */
export interface ComparedFile {
  path: string;
  /** Which of them have it. */
  in: 'both' | 'first' | 'second';
  /** From the first to the second. */
  content: ShownContent;
}

/**
 * Two runs side by side. Replies that steps have left as files are not compared: they always differ.
 * @throws MultiagentError `run.not_found`; `report.same_run` for a run and itself.
 * @example
 * const other = await rerunFrom(orchestrator, run, { from: 'bug_fix' });
 * await other.result;
 * const { files } = await compareRuns(orchestrator, run, other.id);
 * console.log(files); // []
 */
export async function compareRuns(workspace: Workspace, one: string, other: string): Promise<ComparedRuns> {
  if (one === other) {
    throw new MultiagentError({
      category: 'usage',
      code: 'report.same_run',
      message: `The run ${one} is to be compared with itself.`,
      hint: 'Name another run: multiagent report --compare <run> <other run>. "multiagent runs" lists them.',
    });
  }
  const states = [await stateOf(workspace, one), await stateOf(workspace, other)];
  const [first, second] = states.toSorted((a, b) => a.startedAt - b.startedAt || (a.run < b.run ? -1 : 1)) as [RunState, RunState];
  const runs = [await reportOfRun(workspace, first.run), await reportOfRun(workspace, second.run)] as const;
  return { runs, ...(await comparedFiles([first, second], new Contents(workspace.store))) };
}

function stateOf({ store }: Workspace, run: string): Promise<RunState> {
  return foldRun(store.read(runStream(run)));
}

async function comparedFiles(
  [first, second]: readonly [RunState, RunState],
  contents: Contents,
): Promise<Pick<ComparedRuns, 'files' | 'same'>> {
  const [before, after] = [standingOf(first), standingOf(second)];
  const files: ComparedFile[] = [];
  let same = 0;
  for (const path of [...new Set([...before.keys(), ...after.keys()])].toSorted()) {
    const [old, fresh] = [before.get(path), after.get(path)];
    if (old?.sha256 === fresh?.sha256) {
      same += 1;
      continue;
    }
    const isPrivate = isOfPrivate(first, old) || isOfPrivate(second, fresh);
    const content: ShownContent = isPrivate
      ? { kind: 'private' }
      : await differenceOf(path, { before: old?.sha256, after: fresh?.sha256 }, contents);
    files.push({ path, in: old === undefined ? 'second' : fresh === undefined ? 'first' : 'both', content });
  }
  return { files, same };
}

function standingOf(state: RunState): ReadonlyMap<string, { task: string; sha256: string }> {
  return new Map(standingWork(state).map((file) => [file.path, file]));
}

function isOfPrivate(state: RunState, file: { task: string } | undefined): boolean {
  return file !== undefined && privateWholes(state, file.task).length > 0;
}
