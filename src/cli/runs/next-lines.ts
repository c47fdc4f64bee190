import type { WorkflowResult } from '../../orchestrator/results/run-result.ts';
import { followUpLine, type FollowUpLineOptions } from './follow-up-line.ts';

export interface NextLinesOptions extends Omit<FollowUpLineOptions, 'command' | 'run'> {
  /** `memory`: nothing of the run is left when the program ends. */
  kept: 'journal' | 'memory';
}

/** What to type when a run has ended, one line a command. */
export function nextLines(result: WorkflowResult, { kept, ...place }: NextLinesOptions): string[] {
  const { status, workflow_id: run } = result;
  const line = (label: string, command: FollowUpLineOptions['command']) =>
    `  ${label.padEnd(7)}  ${followUpLine({ ...place, command, run })}`;
  if (kept === 'memory') {
    return status === 'interrupted' || status === 'cancelled' ? ['  It cannot go on later: enable_task_persistence is off.'] : [];
  }
  if (status === 'failed') return [line('Why', 'show'), line('Again', 'retry')];
  if (status !== 'completed') return [line('Go on', 'resume')];
  return [
    ...(isForProject(result) ? [line('Look', 'diff'), line('Take it', 'apply')] : []),
    `${line('Change', 'refine')} "<what to change>"`,
  ];
}

/** Replies of text steps (`01-bug_analysis.md`) are about the project, and not of it. */
function isForProject({ tasks }: WorkflowResult): boolean {
  return Object.values(tasks).some(({ result }) => result?.files_created.some(({ path }) => !/^\d\d-\w+\.md$/.test(path)));
}
