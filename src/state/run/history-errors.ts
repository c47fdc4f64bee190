import type { JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** For an event that cannot follow the previous ones: no version of this program writes such a stream. */
export function inconsistentHistory(event: JournalEvent, why: string): MultiagentError {
  return new MultiagentError({
    code: 'journal.inconsistent',
    message: `The history of "${event.stream}" contradicts itself at event ${event.sequence} (${event.type}): ${why}.`,
    hint: 'Start the work again as a new run; this one cannot be continued.',
  });
}

/** For a run that only a newer program understands. `type`, `version` and `sequence` are those of the first unknown event. */
export function newerHistory({
  stream,
  type,
  version,
  sequence,
}: {
  stream: string;
  type: string;
  version: number;
  sequence: number;
}): MultiagentError {
  return new MultiagentError({
    code: 'journal.newer_event',
    message: `The history of "${stream}" was written by a newer multiagent: what comes after event ${sequence} may rest on it, and this program does not know "${type}" in version ${version}.`,
    hint: 'Install the newest multiagent to go on with this run; other runs are not affected.',
  });
}
