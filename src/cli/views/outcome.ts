import { installSentence } from '../../orchestrator/packages/install-sentence.ts';
import type { FetchedPackages } from '../../orchestrator/results/fetched-packages.ts';
import { relative } from 'node:path';
import { builtInRoles } from '../../agents/role-catalogue.ts';
import type { CheckResult } from '../../orchestrator/results/check-result.ts';
import type { WorkflowResult } from '../../orchestrator/results/run-result.ts';
import type { TaskResult } from '../../orchestrator/results/task-result.ts';
import { checkSentence } from '../../orchestrator/checks/check-sentence.ts';
import type { RunFolders } from '../../orchestrator/journal/run-folders.ts';
import { removalSentence } from '../../orchestrator/results/removal-sentence.ts';
import { printableLine } from '../../utils/printable.ts';
import { formatDuration } from './format-time.ts';

/** The last lines of a run: its outcome, where everything is, and what to do next. */
export function outcomeLines(result: WorkflowResult, folders: RunFolders, directory: string): string[] {
  const tasks = Object.values(result.tasks);
  const done = tasks.filter(({ status }) => status === 'completed').length;
  // Of a run that is completed, a condition has skipped them.
  const unneeded = result.status === 'completed' ? tasks.filter(({ status }) => status === 'skipped').length : 0;
  const files = new Set(tasks.flatMap((task) => task.result?.files_created.map(({ path }) => path) ?? []));
  const time = result.duration === null ? '' : ` in ${formatDuration(result.duration * 1000)}`;
  const where = (path: string) => {
    const near = relative(directory, path);
    return printableLine(near.startsWith('..') ? path : near);
  };
  return [
    '',
    `${words[result.status]}${time}: ${done} of ${tasks.length} tasks${unneeded === 0 ? '' : `, ${unneeded} not needed`}, ${files.size} ${files.size === 1 ? 'file' : 'files'}.`,
    ...failures(result, tasks),
    ...keptBackLines(result),
    ...tasks.filter(({ result }) => result?.changed_nothing).map((task) => printableLine(`  ${task.task_id}: changed nothing`)),
    ...tasks.flatMap(({ result }) =>
      (result?.files_removed ?? []).map(({ path, moved_to: movedTo }) =>
        printableLine(`  ${removalSentence({ path, movedTo: movedTo ?? undefined })}`),
      ),
    ),
    ...(files.size > 0 ? [`  Files    ${where(folders.generated)}`, `  Latest   ${where(folders.latest)}`] : []),
    `  Summary  ${where(folders.summary)}`,
    `  Result   ${where(folders.result)}`,
    ...tokenLine(result),
    ...(result.cost?.sentences ?? []).map((sentence) => printableLine(`  Cost     ${sentence}`)),
    ...result.egress.sentences.map((sentence) => printableLine(`  Sent     ${sentence}`)),
    ...brokenFiles(tasks),
    ...proofLines(result),
    ...result.checks.filter(({ verdict }) => verdict === null).map((check) => printableLine(`  ${shownCheck(check)}`)),
    ...(tasks.some(isTested) ? untested(result.checks) : []),
  ];
}

/** Why a run failed: each task that did, or what the run itself says where all tasks are done. */
function failures({ error }: WorkflowResult, tasks: TaskResult[]): string[] {
  const failed = tasks.filter(({ status }) => status === 'failed').map((task) => `${task.task_id}: ${task.error ?? 'failed'}`);
  const told = failed.length === 0 && error !== null ? [error] : failed;
  return told.map((line) => printableLine(`  ${line}`));
}

/** Why nothing stood in, though the settings may name what does for others. */
function keptBackLines({ kept_back: tasks }: WorkflowResult): string[] {
  if (tasks.length === 0) return [];
  const are = tasks.length === 1 ? 'is' : 'are';
  return [
    printableLine(
      `  ${tasks.join(' and ')} ${are} private: only a model on this machine may be asked. Start one again, then retry the run.`,
    ),
  ];
}

const mostPlaces = 5;

const words: Record<WorkflowResult['status'], string> = {
  completed: 'Completed',
  failed: 'FAILED',
  cancelled: 'Cancelled',
  interrupted: 'Stopped',
  running: 'Running',
  waiting: 'Waiting',
};

function tokenLine({ usage }: WorkflowResult): string[] {
  if (usage.readTokens === undefined && usage.replyTokens === undefined) return [];
  const cached = usage.cachedTokens === undefined ? '' : `, ${usage.cachedTokens} from the cache`;
  return [`  Tokens   ${usage.readTokens ?? 'unknown'} read${cached}, ${usage.replyTokens ?? 'unknown'} written`];
}

function brokenFiles(tasks: TaskResult[]): string[] {
  const broken = tasks.flatMap((task) => (task.result?.files_created ?? []).filter(({ check }) => check !== null && check.found > 0));
  const places = broken.map(({ path, check }) => `${path}:${check?.findings[0]?.line ?? 1}`);
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  const what = broken.length === 1 ? '1 file does not parse' : `${broken.length} files do not parse`;
  return broken.length === 0 ? [] : [printableLine(`  Syntax   ${what}: ${places.slice(0, mostPlaces).join(', ')}${more}`)];
}

const mostFailures = 3;

/** What is known of the files, and below it what was seen where something fails. */
function proofLines({ verification, examples, checks, packages }: WorkflowResult): string[] {
  const wrong = examples?.examples.flatMap(({ outcome, why }) => (outcome === 'holds' || why === null ? [] : [why])) ?? [];
  const failed = checks.findLast(({ verdict, fresh, failed_before: before }) => verdict === 'failed' && fresh && before !== 'all');
  const [first, ...others] = examples === null ? ['', ...verification.sentences] : verification.sentences;
  const lines = [
    ...(examples === null ? [] : [first ?? '']),
    ...[...new Set(wrong)].slice(0, mostFailures).map((why) => `  ${why}`),
    // A later try counts.
    ...packages.filter(({ manager }, at) => !packages.slice(at + 1).some((later) => later.manager === manager)).map(shownInstall),
    ...others,
    ...(failed?.why ?? '')
      .trim()
      .split('\n')
      .slice(0, mostFailures)
      .flatMap((line) => (line.trim() === '' ? [] : [`  ${line}`])),
  ];
  return lines.map((line) => `  ${printableLine(line.replaceAll(/[^\S ]+/g, ' '))}`);
}

function shownInstall({ named_in: namedIn, exit_code: exitCode, duration, sandbox, ...install }: FetchedPackages): string {
  return installSentence({
    ...install,
    namedIn,
    exitCode: exitCode ?? undefined,
    durationMilliseconds: duration * 1000,
    sandbox: sandbox ?? undefined,
  });
}

function shownCheck({
  exit_code: exitCode,
  duration,
  changed_files: own,
  changed_since: changed,
  without_project: bare,
  ...check
}: CheckResult): string {
  return checkSentence(
    {
      ...check,
      exitCode: exitCode ?? undefined,
      durationMilliseconds: duration * 1000,
      sandbox: check.sandbox ?? undefined,
      network: check.network ?? undefined,
      exceeded: check.exceeded ?? undefined,
      changedFiles: own === 0 ? undefined : own,
      withoutProject: bare ?? undefined,
    },
    changed,
  );
}

function untested(all: CheckResult[]): string[] {
  // An automatic check has a sentence of its own, even if it could not be run.
  const checks = all.filter(({ kind }) => kind === null || kind === 'tests' || kind === 'command');
  if (checks.length === 0) return ['  Tests were written but not run.'];
  return checks.every(({ stale, verdict }) => stale && verdict === null) ? ['  Tests have not been run since the files changed.'] : [];
}

/** A reply that was kept as text (`01-bug_analysis.md`) is not a test. */
function isTested({ agent_role, result }: TaskResult): boolean {
  return (
    agent_role === builtInRoles().whoDoes('testing')?.id && (result?.files_created ?? []).some(({ path }) => !/^\d\d-\w+\.md$/.test(path))
  );
}
