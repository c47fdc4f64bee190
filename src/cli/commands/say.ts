import process from 'node:process';
import { text as readAll } from 'node:stream/consumers';
import { chooseLiveRun } from '../../operations/live-runs.ts';
import { findRun, runsNewestFirst } from '../../operations/find-run.ts';
import { matchRun } from '../../operations/match-run.ts';
import { standingRun, type StandingRun } from '../../operations/show-run.ts';
import { sayToRun } from '../../operations/steer-run.ts';
import { hasEnded } from '../../orchestrator/decisions/open-questions.ts';
import { ownName } from '../asking/own-name.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent say [run] <text>` */
export async function say(words: readonly string[], { trust, ...options }: JournalOptions & { trust?: boolean }): Promise<ExitCode> {
  const given = words.at(-1)?.trim() ?? '';
  if (given === '') throw usageError('Nothing was said.', 'Put it last, in quotes: multiagent say "Use SQLite, no other database."');
  return withJournal(options, async (workspace) => {
    if (words.length === 1 && matchRun(given, await runsNewestFirst(workspace.store)).kind === 'found')
      throw usageError(`"${given}" names a run, and says nothing to it.`, `Put the text behind it, in quotes: multiagent say ${given} "…"`);
    const run = words.length > 1 ? await findRun(workspace, words[0]) : await chooseLiveRun(workspace);
    const { state } = await standingRun(workspace, run);
    const known = await askAboutOrigin({ ...workspace, state, trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const text = given === '-' ? await readAll(process.stdin) : given;
    writeFolded(`${heard(run, await sayToRun(workspace, run, text, { by: ownName(), trust: true }))}\n`);
    return exitCode.completed;
  });
}

function heard(run: string, { owner, status, state }: StandingRun): string {
  if (owner !== undefined) return `Told the run ${run}: each step that begins from now on reads it.`;
  if (hasEnded(state.status))
    return `Kept with the run ${run}, which has ended (${status}): steps that are done again read it: multiagent retry ${run} <step>`;
  return `Told the run ${run}, which is not running now (${status}): its next step reads it. To go on: multiagent resume ${run}`;
}
