import { isQuestion } from '../../agents/is-question.ts';
import type { Task } from '../../agents/task.ts';
import { chatMessageText } from '../../llm/chat/chat-message-text.ts';
import { type PromptLayout, showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { pinLine, pinsOf } from './pins-of.ts';
import { digestTaskType, turnTaskType } from './session-workflow.ts';
import { wordsOfTurn } from './words-of-turn.ts';

/** Further back nothing is repeated: what was done stands in the files. */
const mostTurns = 2;

export interface ToldOfConversationOptions {
  state: RunState;
  task: TaskRecord;
  layout: PromptLayout;
  /** The tasks whose turns stand before its message. */
  seen: readonly string[];
}

/**
 * A turn with what has to stand in its own message: facts that a person has pinned and that no message before it tells, which they do again behind a digest; and with a
 * question what was said before it, in short, where the layout shows no earlier turns: "and where is it used?" would mean nothing. All of it stands at the end, since it
 * changes from turn to turn. With a change that was asked for, a model of 1.5B repeated what was said instead of making the change (docs/evaluation.md).
 */
export function toldOfConversation(told: Task, { state, task, layout, seen }: ToldOfConversationOptions): Task {
  if (task.taskType !== turnTaskType) return told;
  const parts = [
    told.instructions ?? '',
    pinned(state, seen),
    showsTurns(layout) || !isQuestion(task.description) ? '' : said(state, task),
  ];
  const instructions = parts.filter((text) => text !== '').join('\n\n');
  return instructions === '' ? told : { ...told, instructions };
}

function pinned(state: RunState, seen: readonly string[]): string {
  const turns = seen.filter((name) => state.tasks.get(name)?.taskType !== digestTaskType);
  const messages = turns.flatMap((name) => turnOf(name, state) ?? []).filter(({ role }) => role === 'user');
  const lines = new Set(messages.flatMap((message) => chatMessageText(message).split('\n')));
  const fresh = pinsOf(state)
    .map(pinLine)
    .filter((line) => !lines.has(line));
  return fresh.length === 0 ? '' : ['Keep in mind:', ...fresh].join('\n');
}

function said(state: RunState, task: TaskRecord): string {
  const earlier = [...state.tasks.values()]
    .filter((other) => other.taskType === turnTaskType && other.status === 'completed' && other.number < task.number)
    .slice(-mostTurns)
    .map((other) => wordsOfTurn(other, state));
  return earlier.length === 0 ? '' : ['Before this was said:', ...earlier].join('\n');
}
