import type { ListedRun } from '../../state/run/list-runs.ts';
import { isoTime } from '../safe-json.ts';

/** A run as `runs --json` prints it, one per line. */
export function listedRunDocument({
  run,
  workflow,
  status,
  startedAt,
  endedAt,
  milliseconds,
  requirement,
  tasks,
  inherits,
  asks,
  owner,
}: ListedRun): object {
  return {
    run,
    workflow,
    status,
    started_at: isoTime(startedAt),
    ended_at: endedAt === undefined ? null : isoTime(endedAt),
    duration: milliseconds === undefined ? null : milliseconds / 1000,
    tasks: tasks ?? null,
    requirement,
    inherits: inherits ?? null,
    asks: asks ?? [],
    owner: owner === undefined ? null : { host: owner.host, process: owner.pid },
  };
}
