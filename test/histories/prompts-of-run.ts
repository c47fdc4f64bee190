import { createHash } from 'node:crypto';
import { messageParams } from '../../src/llm/chat/wire-messages.ts';
import { promptOfTask } from '../../src/operations/prompt-of-task.ts';
import { repliesOf } from '../../src/state/run/activities-of.ts';
import type { RunState } from '../../src/state/run/run-state.ts';

/** By task, a digest of the messages that its latest request was made of, as they are rendered from the journal. */
export function promptsOfRun(state: RunState): Record<string, string> {
  const asked = [...state.tasks.values()].filter((task) => repliesOf(task).length > 0);
  return Object.fromEntries(
    asked.map((task) => {
      const messages = promptOfTask(state, task).flatMap(messageParams);
      return [task.task, createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16)];
    }),
  );
}
