import { isQuestion } from '../../agents/is-question.ts';
import type { Task } from '../../agents/task.ts';
import { type PromptLayout, showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { replyOfTurn } from '../../state/run/turn-of.ts';
import { outsideOfCode } from '../../tools/calls/outside-of-code.ts';
import { shorten } from '../../utils/printable.ts';
import { turnTaskType } from './session-workflow.ts';

/** Further back nothing is repeated: what was done stands in the files. */
const mostTurns = 2;
const longest = 400;

/**
 * A question with what was said before it, in short, where the layout shows no earlier turns: "and where is it used?" would mean nothing. It stands at the end of its
 * message, since it changes from turn to turn. With a change that was asked for, a model of 1.5B repeated it instead of making the change (docs/evaluation.md).
 */
export function toldOfConversation(told: Task, { state, task, layout }: { state: RunState; task: TaskRecord; layout: PromptLayout }): Task {
  if (task.taskType !== turnTaskType || showsTurns(layout) || !isQuestion(task.description)) return told;
  const earlier = [...state.tasks.values()]
    .filter((other) => other.taskType === turnTaskType && other.status === 'completed' && other.number < task.number)
    .slice(-mostTurns)
    .map(({ description, turn }) => {
      const reply = turn === undefined ? '' : (replyOfTurn(turn, state)?.text ?? '');
      return `- Asked: ${inShort(description)}\n  Answered: ${inShort(outsideOfCode(reply))}`;
    });
  if (earlier.length === 0) return told;
  const said = ['Before this was said:', ...earlier].join('\n');
  return { ...told, instructions: [told.instructions ?? '', said].filter((text) => text !== '').join('\n\n') };
}

function inShort(text: string): string {
  return shorten(text.replaceAll(/\s+/g, ' ').trim(), longest) || '(with a file)';
}
