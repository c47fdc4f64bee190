import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { textOfPart } from '../../events/content-part.ts';
import { isReply } from '../../state/run/activities-of.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { turnTaskType } from './session-workflow.ts';
import { shownOfSession } from './shown-of-session.ts';

/** With more of the context taken, the next turn may have no room for what it looks at and replies. */
const fullFrom = 0.7;
/** A digest that could save less is not worth that what follows is read again. */
const leastSaved = 0.2;
const charactersOfToken = 4;

/** Whether the next turn of a session should be told a digest: the newest exchange took most of the context, much of it turns, and there are several. */
export function needsDigest(state: RunState): boolean {
  const { contextTokens, transcript, tasks } = state;
  if (contextTokens === undefined || !showsTurns(transcript.layout)) return false;
  const done = [...tasks.values()].filter(({ status, takenBack }) => status === 'completed' && takenBack === undefined);
  const shown = shownOfSession(done) ?? done;
  if (shown.filter(({ taskType }) => taskType === turnTaskType).length < 2) return false;
  const last = shown.at(-1)?.activities.filter(isReply).at(-1);
  const { promptTokens = 0, replyTokens = 0 } = last?.calls.at(-1)?.usage ?? last?.usage ?? {};
  if (promptTokens + replyTokens < contextTokens * fullFrom) return false;
  return charactersOfTurns(state, shown) / charactersOfToken >= contextTokens * leastSaved;
}

/** How long what tasks have added to the conversation is, in characters. */
export function charactersOfTurns(state: RunState, tasks: readonly { task: string }[]): number {
  return tasks
    .flatMap(({ task }) => turnOf(task, state) ?? [])
    .flatMap(({ content }) => content.map((part) => textOfPart(part).length))
    .reduce((sum, length) => sum + length, 0);
}
