import type { AgentReply } from '../../agents/task-session.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { Finding } from '../../agents/loop/finding.ts';
import type { StepOptions } from '../step-kind.ts';
import { showFiles } from './show-files.ts';
import { answerMessage, unseenMessage } from './show-message.ts';

export interface ShowAndGoOnOptions {
  step: StepOptions;
  conversation: TaskConversation;
  /** Whose remedy is to show files. */
  finding: Finding;
}

/** Shows the model the files that a finding is about, behind all that was said, and lets it go on. */
export async function showAndGoOn({ step, conversation, finding: { code, paths = [] } }: ShowAndGoOnOptions): Promise<AgentReply> {
  const why = code === 'reply.unseen_files' ? 'unseen' : 'asked';
  const shown = await showFiles({ step, conversation, paths, why });
  if (why === 'asked') return conversation.goOn(answerMessage(shown));
  // What this task has written itself does not count: one that is cut off and continues says again what it said.
  const { artifacts } = step.run.journal.state;
  const own = new Set(artifacts.flatMap(({ path, task }) => (task === step.task.task ? [] : [path])));
  return conversation.goOn(unseenMessage(shown, paths, paths.every((path) => own.has(path)) ? 'run' : 'project'));
}
