import type { EventData } from '../../events/run-stream-events.ts';

/** Why a task was skipped, as what follows "because". */
export function reasonOfSkip({ reason, because }: Pick<EventData<'task.skipped'>, 'reason' | 'because'>): string {
  return reason === 'condition' ? because : `${because} did not complete`;
}
