import { repliesOf } from '../../state/run/activities-of.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';

/**
 * What a task is asked beside the instructions of its role, with what people have told the team since the run began, at its end. A task that goes on says what it said
 * before: its replies are found in the journal by their messages, so that what was told after these is left to later tasks.
 */
export function toldOfRemarks({ remarks }: Pick<RunState, 'remarks'>, task: TaskRecord): string | undefined {
  const { instructions } = task;
  if (remarks.length === 0) return instructions;
  const texts = remarks.map(({ text }) => text);
  const said = repliesOf({ activities: task.activities.slice(task.superseded) }).map(({ message }) => message);
  const beginnings = texts.map((_, index) => remarksText(texts.slice(0, index + 1)));
  const told = said.length === 0 ? beginnings.at(-1) : beginnings.findLast((text) => said.some((message) => message.includes(text)));
  return told === undefined ? instructions : [instructions, told].filter((text) => text !== undefined && text !== '').join('\n\n');
}

function remarksText(texts: readonly string[]): string {
  return ['Meanwhile the person whom you work for has said:', ...texts].join('\n\n');
}
