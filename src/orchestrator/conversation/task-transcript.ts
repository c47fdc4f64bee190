import type { ChatMessage } from '../../llm/chat-model.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { renderTranscript, shownTurn, type Turn } from '../../llm/transcript.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { callsAsText } from '../../tools/calls/calls-as-text.ts';
import type { ModelUser, RunContext } from '../run-context.ts';
import { visibleTurns } from './visible-turns.ts';

type Run = Pick<RunContext, 'journal' | 'preamble' | 'agentOf' | 'modelOf'>;

/** The system message of a task: the same for all roles, unless each has one of its own. */
export function systemMessage(run: Run, user: ModelUser | undefined): string {
  const { style } = run.modelOf(user);
  return style.layout !== 'per_role' ? run.preamble(style.length) : run.agentOf(user?.role ?? '').getSystemPrompt(style);
}

/** The turns of tasks as they stand now in a transcript for this one's model. */
export function turnsOf(run: Run, user: ModelUser | undefined, tasks: readonly string[]): Turn[] {
  const { state } = run.journal;
  const { reasoning } = run.modelOf(user);
  return tasks.flatMap((task) => {
    const turn = turnOf(task, state);
    return turn === undefined ? [] : [shownTurn(task, turn, { digest: state.epoch.digests.get(task), reasoning })];
  });
}

/** Whose turns stand in a task's transcript: none in a layout that shows what stands instead of what was said. */
export function turnsSeenBy(run: Run, task: string): string[] {
  const { state } = run.journal;
  return showsTurns(run.modelOf(state.tasks.get(task)).style.layout) ? visibleTurns(state, task) : [];
}

/** What the transcript of a task that has not begun begins with: all that stands before its own message. */
export function messagesBefore(run: Run, task: string): ChatMessage[] {
  const { state } = run.journal;
  const record = state.tasks.get(task);
  const turns = turnsOf(run, record, turnsSeenBy(run, task));
  const messages = callsAsText(renderTranscript({ system: systemMessage(run, record), input: state.input, turns, message: '' }));
  // The input stands before whichever message is first: where that is the task's own, it is known, and the message is not.
  return turns.length === 0 ? messages : messages.slice(0, -1);
}
