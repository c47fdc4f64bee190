import { runOfStream, runStreams } from '../events/run-stream.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { noRuns, type Workspace } from './workspace.ts';

const shown = 5;

/**
 * Finds the run that a person means: by its whole id, by a beginning or an end that only one id has, or by `latest`.
 * @param reference Default: `latest`, the newest run. @returns its id. @throws MultiagentError `run.not_found` or `run.ambiguous`.
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

export type RunMatch =
  | { kind: 'found'; run: string }
  | { kind: 'ambiguous'; candidates: string[] }
  | { kind: 'unknown'; nearest: string | undefined };

/** Matches what a person typed with the ids of runs, as `findRun` describes. @param runs Newest first. */
export function matchRun(reference: string, runs: readonly string[]): RunMatch {
  const wanted = reference.trim().toLowerCase();
  if (wanted === 'latest') return runs[0] === undefined ? { kind: 'unknown', nearest: undefined } : { kind: 'found', run: runs[0] };
  if (runs.includes(wanted)) return { kind: 'found', run: wanted };
  const candidates = wanted === '' ? [] : runs.filter((run) => run.startsWith(wanted) || run.endsWith(wanted));
  const [only, ...others] = candidates;
  if (only !== undefined) return others.length === 0 ? { kind: 'found', run: only } : { kind: 'ambiguous', candidates };
  return { kind: 'unknown', nearest: nearest(wanted, runs) };
}

/** A short reference is taken for the end of an id, because that is the part that people read to each other. */
function nearest(wanted: string, runs: readonly string[]): string | undefined {
  const whole = nearestName(wanted, runs);
  if (whole !== undefined || wanted.length > 6) return whole;
  const ends = new Map(runs.toReversed().map((run) => [run.slice(-4), run]));
  return ends.get(nearestName(wanted, ends.keys()) ?? '');
}
