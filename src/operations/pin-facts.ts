import { runStream } from '../events/run-stream.ts';
import { withOwnedRun } from '../orchestrator/journal/own-run.ts';
import { requireTrust } from '../orchestrator/run/foreign-run.ts';
import { pinLimits } from '../orchestrator/session/pins-of.ts';
import { foldRun } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { printableLine } from '../utils/printable.ts';
import { liveRun } from './live-runs.ts';
import type { UndoRunOptions } from './undo-run.ts';
import type { Workspace } from './workspace.ts';

/** Facts as they can be pinned: each one line. @throws MultiagentError `session.bad_pin`. */
export function requirePins(facts: readonly string[]): string[] {
  const lines = facts.map((fact) => printableLine(fact.replaceAll(/\s+/g, ' ')).trim());
  const { most, characters } = pinLimits;
  if (lines.length > most) throw badPin(`A session keeps at most ${most} facts.`, 'Take one out first: /unpin 1');
  const wrong = lines.find((line) => line === '' || Array.from(line).length > characters);
  if (wrong !== undefined)
    throw badPin(`A fact is one line of at most ${characters} characters.`, 'For example: /pin The API must stay compatible.');
  return lines;
}

/**
 * Says what a session is to keep in mind, all of it: each fact is told with the next turn, and again behind every digest.
 * @param run That the session goes on from. @throws MultiagentError `session.bad_pin`, `run.live`, `run.foreign`, `run.not_found`.
 * @example
 * const { id, result } = beginSession(orchestrator, { message: 'What does this project do?' });
 * await result;
 * await pinFacts(orchestrator, id, ['The database is PostgreSQL 17.']);
 */
export async function pinFacts(
  workspace: Workspace,
  run: string,
  facts: readonly string[],
  { trust }: Pick<UndoRunOptions, 'trust'> = {},
): Promise<void> {
  const pinned = requirePins(facts);
  await requireTrust(await foldRun(workspace.store.read(runStream(run))), workspace.ownRuns, trust);
  const pin = withOwnedRun(workspace, run, ({ journal }) => journal.append('person', [{ type: 'run.pinned', data: { facts: pinned } }]));
  await pin.catch((error: unknown) => {
    throw liveRun(run, error);
  });
}

function badPin(message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code: 'session.bad_pin', message, hint });
}
