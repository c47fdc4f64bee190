import { resolve } from 'node:path';
import process from 'node:process';
import { startRuns } from '../operations/start-runs.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { printableLine } from '../utils/printable.ts';
import { announcement, checkOption, exitCodeWithCheck, withCheck } from './check-option.ts';
import { unclearWorkflows } from './definitions/workflows-here.ts';
import { type ExitCode, exitCodeOf, exitCodeOfRun, worstExitCode } from './exit-code.ts';
import { errorText } from './report-error.ts';
import type { RunOptions } from './run-options.ts';
import { runWithTeam } from './run-with-team.ts';
import { runsAskedFor } from './runs-asked-for.ts';
import { usageError } from './usage-error.ts';
import { writeFolded } from './write-folded.ts';

/** `multiagent run <workflow> --req a.md --req b.md --inputs sets.yaml`: a run for each requirement with each set of inputs, in this process, sharing the model. */
export async function executeSeveral(workflow: string | undefined, reqs: readonly string[], options: RunOptions): Promise<ExitCode> {
  if (workflow === undefined)
    throw usageError('No workflow is named.', '"multiagent workflows list" names them. Or give the file of one with --workflow.');
  requireSeparate(reqs, options);
  const check = checkOption(options);
  const names = new Map<string, string>();
  const results: WorkflowResult[] = [];
  const failed: { name: string; error: unknown }[] = [];
  const code = await runWithTeam({
    options,
    names,
    async work({ orchestrator, signal, begin, say }) {
      const { workflow: file } = options;
      const definition = file === undefined ? orchestrator.workflows.get(workflow) : orchestrator.workflows.load(resolve(file));
      const asked = await runsAskedFor(definition, reqs, options);
      if (check !== undefined) process.stderr.write(await announcement(check, orchestrator.settings));
      if (!options.quiet) for (const text of unclearWorkflows(orchestrator.workflows)) say(`${printableLine(text)}\n`);
      await begin();
      const { runs, atOnce } = await startRuns(
        orchestrator,
        asked.map((one) => one.workflow),
        { signal },
      );
      for (const [index, { name }] of asked.entries()) names.set(runs[index]?.id ?? '', name);
      if (!options.quiet && runs.length > 1)
        say(
          `${runs.length} runs, ${atOnce === 1 ? 'one after the other: the model answers one at a time' : `${Math.min(atOnce, runs.length)} at once`}.\n`,
        );
      for (const { id, result } of runs) {
        const name = names.get(id) ?? id;
        const [settled] = await Promise.allSettled([result]);
        if (settled.status === 'rejected') failed.push({ name, error: settled.reason });
        else results.push(check === undefined ? settled.value : await withCheck({ check, result: settled.value, orchestrator, signal }));
      }
      return results;
    },
  });
  for (const { name, error } of failed) writeFolded(`${printableLine(name)} was not run. ${errorText(error, 'short')}`, process.stderr);
  return worstExitCode([
    code,
    ...failed.map(({ error }) => exitCodeOf(error)),
    ...results.map((result) => {
      const { status, verification, kept_back: keptBack } = result;
      return exitCodeWithCheck(exitCodeOfRun(status, { outcome: verification.outcome, keptBack }), result);
    }),
  ]);
}

function requireSeparate(reqs: readonly string[], { words = [], requirement, record, replay, worktree }: RunOptions): void {
  if (worktree !== undefined)
    throw usageError('--worktree is for one run, and several were asked for.', 'Leave it out, or start one run at a time.');
  if (reqs.length > 0 && (words.length > 0 || requirement !== undefined))
    throw usageError(
      'Requirements are given in two ways: in words and with --req.',
      'Leave out one of them. Several requirements are given as files: --req a.md --req b.md.',
    );
  if (record !== undefined || replay !== undefined)
    throw usageError('A recording holds one run, and several were asked for.', 'Leave out --record and --replay, or start one run.');
  if (reqs.filter((req) => req === '-').length > 1)
    throw usageError('Standard input is named twice.', 'It can be one requirement only: --req -');
}
