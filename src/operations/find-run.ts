import { runOfStream, runStreams } from '../events/run-stream.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { matchRun } from './match-run.ts';
import { noRuns, type Workspace } from './workspace.ts';

const shown = 5;

/**
 * Finds the run that a person means: by its whole id, by a beginning or an end that only one id has, or by `latest`.
 * @param reference Default: `latest`, the newest run. @returns its id. @throws MultiagentError `run.not_found` or `run.ambiguous`.
 * @example
 * console.log((await findRun(orchestrator, run.slice(-6))) === run); // true
 */
export async function findRun({ store }: Pick<Workspace, 'store'>, reference = 'latest'): Promise<string> {
  return findAmong(await runsNewestFirst(store), reference);
}

/** @param runs Newest first. @throws what `findRun` throws. */
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
      hint: 'Type more of the id.',
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

/** The ids of the runs of a journal, newest first. */
export async function runsNewestFirst(store: EventStore): Promise<string[]> {
  const streams = await store.list({ prefix: runStreams });
  return streams.flatMap(({ stream }) => runOfStream(stream) ?? []);
}
