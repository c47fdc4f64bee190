import { nearestName } from '../utils/nearest-name.ts';

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
