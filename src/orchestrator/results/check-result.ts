import { failedBefore } from '../checks/failed-before.ts';
import type { CheckRecord, RunState } from '../../state/run/run-state.ts';

/** What a command said, and of what: one that ran by itself to check the work of the team, that of a step, or a person's own after the run. */
export interface CheckResult {
  command: string;
  /** The task that it belongs to; null: a person's own. */
  step: string | null;
  /** Of repairs of that task; 0: none came before it. */
  round: number;
  /** What kind of check it is; null for a command of a person's or a step that is no check of the team's work by itself. */
  kind: 'syntax' | 'types' | 'build' | 'tests' | 'command' | null;
  /** Only `passed`, `failed` and `timed_out` say something of the files; null as for `kind`. */
  verdict: NonNullable<CheckRecord['verification']>['verdict'] | null;
  /** The first failure, the name of what is missing, or why it was not run. */
  why: string | null;
  /** Of the tests, where they were counted. */
  passed: number | null;
  failed: number | null;
  skipped: number | null;
  /** Failures first; of very many the first. Null where their names are not known. */
  tests: { name: string; outcome: 'passed' | 'failed' | 'skipped'; message?: string | undefined }[] | null;
  /** How much of what fails failed before the run, too; null: it does not fail, or nobody has looked. */
  failed_before: 'none' | 'some' | 'all' | null;
  /** The contrary of `stale`. */
  fresh: boolean;
  outcome: CheckRecord['outcome'];
  exit_code: number | null;
  /** Seconds. */
  duration: number;
  output: string;
  /** The files of the run as they lay there when it began, `sha256` null: not there; null where an earlier program ran it, which did not look. */
  files: { path: string; sha256: string | null }[] | null;
  /** It does not speak for the files as they are now, because those of `changed_since` are not what it saw. */
  stale: boolean;
  changed_since: string[];
  /** What it ran in; `off`: nothing. Null for those of earlier programs, which had none. */
  sandbox: CheckRecord['sandbox'] | null;
  network: CheckRecord['network'] | null;
  /** Which bound it was ended for, besides time. */
  exceeded: CheckRecord['exceeded'] | null;
  /** How many of the files it changed or removed, in its copy. */
  changed_files: number;
  /** Why a project that the run knows was not there; null: it was, or the run knows none. */
  without_project: string | null;
}

/** The result of a check. `changed`: the files that are not what it saw any more. */
export function checkResult(state: RunState, check: CheckRecord, changed: string[]): CheckResult {
  const {
    command,
    outcome,
    exitCode,
    durationMilliseconds,
    output,
    files,
    sandbox,
    network,
    exceeded,
    changedFiles,
    withoutProject,
    verification,
  } = check;
  return {
    command,
    step: check.task ?? null,
    round: repairsBefore(state, check),
    kind: verification?.kind ?? null,
    verdict: verification?.verdict ?? null,
    why: verification?.why ?? null,
    ...(verification?.counts ?? { passed: null, failed: null, skipped: null }),
    tests: verification?.tests ?? null,
    failed_before: verification?.before === undefined ? null : failedBefore(verification).of,
    fresh: changed.length === 0,
    outcome,
    exit_code: exitCode ?? null,
    duration: durationMilliseconds / 1000,
    output,
    files: files?.map(({ path, sha256 = null }) => ({ path, sha256 })) ?? null,
    stale: changed.length > 0,
    changed_since: changed,
    sandbox: sandbox ?? null,
    network: network ?? null,
    exceeded: exceeded ?? null,
    changed_files: changedFiles ?? 0,
    without_project: withoutProject ?? null,
  };
}

/** How many repairs of the task a check came after. */
function repairsBefore({ tasks }: RunState, { task, time }: CheckRecord): number {
  const repairs = [...tasks.values()].filter(({ parent, kind }) => task !== undefined && parent === task && kind === 'repair');
  return repairs.filter(({ completedAt }) => completedAt !== undefined && completedAt <= time).length;
}
