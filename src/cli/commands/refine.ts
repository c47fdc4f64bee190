import { type RefineOptions, refineRun } from '../../orchestrator/run/follow-up.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../runs/follow-up-run.ts';
import { usageError } from '../usage-error.ts';

export interface RefineCommandOptions extends RunOptions {
  role?: string | undefined;
  tests?: boolean | undefined;
  docs?: boolean | undefined;
}

/** `multiagent refine <run> "<what to change>"` */
export async function refine(
  reference: string,
  request: string,
  { role, tests, docs, ...options }: RefineCommandOptions,
): Promise<ExitCode> {
  if (request.trim() === '')
    throw usageError('What is to be changed is empty.', 'Say it in words: multiagent refine latest "Add a dark mode."');
  const followedBy: RefineOptions['followedBy'] = [...(tests ? (['testing'] as const) : []), ...(docs ? (['documentation'] as const) : [])];
  const change: RefineOptions = { request, role: role?.replaceAll('-', '_'), followedBy };
  return followUpRun({
    options,
    as: 'new',
    choose: ({ store }) => findRun(store, reference),
    check: (state) => void refineRun(state, change),
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.refineRun(run, { ...change, signal, overrides, trust: true }),
  });
}
