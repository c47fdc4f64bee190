import { builtInRoles } from '../../agents/role-catalogue.ts';
import { StepKindRegistry } from '../../orchestrator/step-kinds/step-kind-registry.ts';
import { type RefineOptions, refineRun } from '../../orchestrator/run/follow-up.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { matchRun } from '../runs/match-run.ts';
import { runsNewestFirst } from '../runs/runs-newest-first.ts';
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
  if (request.trim() === '') throw usageError('What is to be changed is empty.', 'Say it in words: multiagent refine "Add a dark mode."');
  const followedBy: RefineOptions['followedBy'] = [...(tests ? (['testing'] as const) : []), ...(docs ? (['documentation'] as const) : [])];
  const change: RefineOptions = { request, role: role?.replaceAll('-', '_'), followedBy };
  return followUpRun({
    options,
    as: 'new',
    async choose({ store }) {
      const run = await findRun(store, reference);
      if (reference === undefined && matchRun(request, await runsNewestFirst(store)).kind !== 'unknown')
        throw usageError(
          `"${request}" names a run, and what to change in it is missing.`,
          `Say it in words: multiagent refine ${request} "Add a dark mode."`,
        );
      return run;
    },
    check: (state) => void refineRun(state, change, { kinds: new StepKindRegistry().schemas, roles: builtInRoles() }),
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.refineRun(run, { ...change, signal, overrides, trust: true }),
  });
}
