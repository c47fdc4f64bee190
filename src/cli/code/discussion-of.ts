import { turnTaskType } from '../../orchestrator/session/session-workflow.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { replyOfTurn } from '../../state/run/turn-of.ts';
import { wordsOfReply } from './words-of-reply.ts';

/** What was said in a session, as a requirement for a team: the messages of the person, each with the words of the reply. */
export function discussionOf(state: RunState): string {
  const turns = [...state.tasks.values()].filter(({ taskType, status }) => taskType === turnTaskType && status === 'completed');
  return turns
    .flatMap(({ task, description, turn }) => {
      const files = state.artifacts.filter((file) => file.task === task && file.undone === undefined);
      const reply = turn === undefined ? undefined : replyOfTurn(turn, state)?.text;
      const words = reply === undefined ? '' : wordsOfReply(reply, files);
      return [description, ...(words === '' ? [] : [`(It was answered: ${words})`])];
    })
    .join('\n\n');
}
