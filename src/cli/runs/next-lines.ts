import { askedLines, decideLines } from '../views/asked-lines.ts';
import { localTime } from '../views/format-time.ts';
import { resolve } from 'node:path';
import { printableLine } from '../../utils/printable.ts';
import { shellWord } from '../own-command.ts';
import type { WorkflowResult } from '../../orchestrator/results/run-result.ts';

export interface NextLinesOptions extends Omit<FollowUpLineOptions, 'command' | 'run'> {
  /** `memory`: the run is lost when the program ends. */
  kept: 'journal' | 'memory';
}

/** What to type when a run has ended, one command per line. */
export function nextLines(result: WorkflowResult, { kept, ...place }: NextLinesOptions): string[] {
  const { status, workflow_id: run } = result;
  const line = (label: string, command: FollowUpLineOptions['command']) =>
    `  ${label.padEnd(7)}  ${followUpLine({ ...place, command, run })}`;
  if (kept === 'memory') {
    return status === 'interrupted' || status === 'cancelled' || status === 'waiting'
      ? ['  It cannot be resumed: enable_task_persistence is off.']
      : [];
  }
  if (status === 'waiting') return [...waitLines(result, place), `${line('Resume', 'resume')}${moreMoney(result)}`];
  if (status === 'failed') return [line('Why', 'show'), line('Retry', 'retry')];
  if (status !== 'completed') return [line('Resume', 'resume')];
  return [
    ...(isForProject(result) ? [line('Review', 'diff'), line('Apply', 'apply')] : []),
    `${line('Change', 'refine')} "<what to change>"`,
  ];
}

/** A budget to type, for a run that waits for a larger one. */
function moreMoney({ waits_for: waits, cost }: WorkflowResult): string {
  return waits?.budget == null ? '' : ` --budget ${largerBudget(cost?.budget ?? 0)}`;
}

/** Twice as much, in whole cents; a dollar, where that is nothing. */
export function largerBudget(dollars: number): number {
  return Math.ceil(dollars * 200) / 100 || 1;
}

/** What the run waits for, how to send a signal that it waits for, and how to decide. The run does not wake by itself. */
function waitLines(
  { waits_for: waits, workflow_id: run }: WorkflowResult,
  { workspace, directory }: Pick<FollowUpLineOptions, 'workspace' | 'directory'>,
): string[] {
  if (waits === null) return [];
  const time = waits.until === null ? [] : [`  Waits    until ${localTime(Date.parse(waits.until))}; no process runs until then`];
  const signals = waits.signals.map(
    (name) => `  Wake     multiagent signal ${run} ${shellWord(printableLine(name))}${placeOf(workspace, directory)}`,
  );
  const decisions = waits.decisions.flatMap((asked) => [
    ...askedLines(asked).map((text, index) => `  ${(index === 0 ? 'Decide' : '').padEnd(7)}  ${printableLine(`${asked.task} ${text}`)}`),
    ...decideLines(run, asked, placeOf(workspace, directory)),
  ]);
  const budget = waits.budget === null ? [] : [`  Waits    ${printableLine(waits.budget.why)}`];
  return [...time, ...signals, ...decisions, ...budget];
}

/** Replies of text steps (`01-bug_analysis.md`) are about the project, not part of it. */
function isForProject({ tasks }: WorkflowResult): boolean {
  const changed = Object.values(tasks).flatMap(({ result }) => [...(result?.files_created ?? []), ...(result?.files_removed ?? [])]);
  return changed.some(({ path }) => !/^\d\d-\w+\.md$/.test(path));
}

/** Commands that ask the model need the consent to use another machine again. */
const asksModel = { resume: true, retry: true, refine: true, show: false, diff: false, apply: false };

export interface FollowUpLineOptions {
  command: keyof typeof asksModel;
  run: string;
  /** Absolute. */
  workspace: string;
  directory: string;
  /** What was allowed outside this machine, which must be allowed again. */
  remote: readonly string[];
}

/** The command line that continues a run. */
export function followUpLine({ command, run, workspace, directory, remote }: FollowUpLineOptions): string {
  return `multiagent ${command} ${run}${placeOf(workspace, directory)}${asksModel[command] ? remote.map((host) => ` --allow-remote ${shellWord(host)}`).join('') : ''}`;
}

function placeOf(workspace: string, directory: string): string {
  return workspace === resolve(directory) ? '' : ` --workspace ${shellWord(printableLine(workspace))}`;
}
