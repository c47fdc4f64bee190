import { liveRuns } from '../../operations/live-runs.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { usageError } from '../usage-error.ts';

/** The run that somebody works on. @throws MultiagentError `usage` where there is none, or where there are several. */
export async function onlyLiveRun(workspace: Workspace, purpose: string): Promise<string> {
  const [run, ...others] = await liveRuns(workspace);
  if (run !== undefined && others.length === 0) return run;
  throw usageError(
    run === undefined ? 'No run of this workspace is running.' : `Several runs are running: ${[run, ...others].join(', ')}.`,
    run === undefined ? `"multiagent runs" lists the runs; name the one to ${purpose}.` : `Name the one to ${purpose}.`,
  );
}
