import { refineRun } from '../../operations/follow-up.ts';
import type { RefineOptions } from '../../orchestrator/run/follow-up.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun, runsNewestFirst } from '../../operations/find-run.ts';
import { matchRun } from '../../operations/match-run.ts';
import { followUpRun } from '../follow-up-run.ts';
import { usageError } from '../usage-error.ts';

export interface RefineCommandOptions extends RunOptions {
  role?: string | undefined;
  tests?: boolean | undefined;
  docs?: boolean | undefined;
}

/** `multiagent refine [run] "<what to change>"` */
export async function refine(words: readonly string[], { role, tests, docs, ...options }: RefineCommandOptions): Promise<ExitCode> {
  const request = words.at(-1) ?? '';
  const reference = words.length > 1 ? words[0] : undefined;
  if (request.trim() === '') throw usageError('The change is empty.', 'Say what to change: multiagent refine "Add a dark mode."');
  const followedBy: RefineOptions['followedBy'] = [...(tests ? (['testing'] as const) : []), ...(docs ? (['documentation'] as const) : [])];
  const change: RefineOptions = { request, role: role?.replaceAll('-', '_'), followedBy };
  return followUpRun({
    options,
    async choose(workspace) {
      const run = await findRun(workspace, reference);
      if (reference === undefined && matchRun(request, await runsNewestFirst(workspace.store)).kind !== 'unknown')
        throw usageError(
          `"${request}" names a run, but what to change in it is missing.`,
          `Say what to change: multiagent refine ${request} "Add a dark mode."`,
        );
      return { run };
    },
    start: (orchestrator, { run }, how) => refineRun(orchestrator, run, { ...change, ...how }),
  });
}
