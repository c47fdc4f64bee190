import type { EventStore } from '../../state/store/event-store.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { matchRun } from './match-run.ts';
import { runsNewestFirst } from './runs-newest-first.ts';

const shown = 5;

/** @param reference Default: the newest. @returns the id of the run that is meant. @throws MultiagentError `run.not_found` or `run.ambiguous`. */
export async function findRun(store: EventStore, reference = 'latest'): Promise<string> {
  return findAmong(await runsNewestFirst(store), reference);
}

/** @param runs newest first. @throws as `findRun`. */
export function findAmong(runs: readonly string[], reference: string): string {
  const match = matchRun(reference, runs);
  if (match.kind === 'found') return match.run;
  if (match.kind === 'ambiguous') {
    const { candidates } = match;
    const more = candidates.length > shown ? ` and ${candidates.length - shown} more` : '';
    throw new MultiagentError({
      category: 'usage',
      code: 'run.ambiguous',
      message: `"${reference}" could be ${candidates.length} runs: ${candidates.slice(0, shown).join(', ')}${more}.`,
      hint: 'Give more of the id.',
    });
  }
  if (runs.length === 0) throw noRuns('This workspace has no runs yet.');
  throw new MultiagentError({
    category: 'usage',
    code: 'run.not_found',
    message: `There is no run "${reference}" in this workspace.`,
    hint: `${match.nearest === undefined ? '' : `Did you mean ${match.nearest}? `}"multiagent runs" lists the runs; --workspace names another project.`,
  });
}

export function noRuns(message: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'run.not_found',
    message,
    hint: 'Start one with "multiagent run feature-development --req <file>", or name another project with --workspace.',
  });
}
