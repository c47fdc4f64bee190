import type { RunState } from './run-records.ts';

export interface RecordedTurn {
  user: string;
  assistant: string;
}

/**
 * What a task adds to the transcripts of those after it, byte for byte: the message that it asked first and its last reply, whole even where the
 * epoch replaces it by a digest. Undefined for a task that is not completed or adds nothing.
 */
export function turnOf(task: string, state: RunState): RecordedTurn | undefined {
  const turn = state.tasks.get(task)?.turn;
  if (turn === undefined) return undefined;
  const asked = state.activities.get(turn.asked);
  const replied = state.activities.get(turn.replied);
  return asked === undefined || replied === undefined ? undefined : { user: asked.message, assistant: replied.text };
}
