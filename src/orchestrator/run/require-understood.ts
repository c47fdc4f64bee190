import { runStream } from '../../events/run-stream.ts';
import { isOfNewerProgram } from '../../events/unknown-event.ts';
import { newerHistory } from '../../state/run/history-errors.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';

/**
 * Checks that this program may continue a run or build on it: with a run that it only half understands, it would repeat work or lose it. Other programs' own
 * event types do no harm as long as the kinds of the run's steps are registered.
 * @throws MultiagentError `journal.newer_event`, `step.unknown_kind`.
 */
export function requireUnderstood({ run, unknownEvents, tasks }: RunState, kinds: StepKindRegistry): void {
  const newer = unknownEvents.find(({ type }) => isOfNewerProgram(type));
  if (newer !== undefined) throw newerHistory({ stream: runStream(run), ...newer });
  for (const { kind } of tasks.values()) kinds.get(kind);
}
