import type { ReplyRecord, RunState } from './run-records.ts';

/**
 * The digests that a request contained, by the task whose replies each replaces: those of the epoch that it was rendered in. A request that was too long for the server
 * was rendered once more, with the cut that it caused.
 */
export function digestsOfReply(
  state: Pick<RunState, 'epoch'>,
  { epoch, calls, startedAt, endedAt = Infinity }: Pick<ReplyRecord, 'epoch' | 'calls' | 'startedAt' | 'endedAt'>,
): Map<string, string> {
  const overflowed = calls.some(({ error }) => error?.code === 'model.overflow');
  const inForce = state.epoch.cuts.filter((cut) => cut.epoch <= epoch || (overflowed && cut.time >= startedAt && cut.time <= endedAt));
  return new Map(inForce.flatMap(({ cuts }) => cuts.map(({ task, digest }): [string, string] => [task, digest])));
}
