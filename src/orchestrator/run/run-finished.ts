import type { EventData } from '../../events/run-stream-events.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';
import { countTasks } from '../../state/run/ended-tasks.ts';
import type { Report } from '../journal/run-journal.ts';

type Finished = EventData<'run.finished'>;

/** The last event of a run. Its duration is never negative, even if the clock was set back. */
export function runFinished(
  state: RunState,
  { now, status, error }: { now: number; status: Finished['status']; error?: Finished['error'] },
): Report {
  return {
    type: 'run.finished',
    data: { status, durationMilliseconds: timeWorked(state, now), tasks: countTasks(state.tasks), error },
  };
}
