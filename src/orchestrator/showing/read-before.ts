import type { OtherActivityRecord, RunState } from '../../state/run/run-state.ts';
import { activitiesBefore } from '../activities/activities-before.ts';

export type ReadRecord = Extract<OtherActivityRecord, { kind: 'read' }>;

/** What a task was shown by reading it, up to one of its activities. */
export function readBefore(state: Pick<RunState, 'tasks'>, task: string, activity: string): ReadRecord[] {
  return activitiesBefore(state, task, activity).filter((one) => one.kind === 'read');
}
