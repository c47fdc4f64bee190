import type { JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** For an event that cannot follow those before it: no program of ours writes such a stream. */
export function inconsistentHistory(event: JournalEvent, why: string): MultiagentError {
  return new MultiagentError({
    code: 'journal.inconsistent',
    message: `The history of "${event.stream}" contradicts itself at event ${event.sequence} (${event.type}): ${why}.`,
    hint: 'Start the work again as a new run; this one cannot be continued.',
  });
}
