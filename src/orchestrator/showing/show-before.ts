import { renderMaterial } from '../../agents/plans/render-material.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { StepOptions } from '../step-kind.ts';
import { hiddenFiles } from './hidden-files.ts';
import { showStanding } from './show-standing.ts';

export interface ShowBeforeOptions {
  step: StepOptions;
  conversation: TaskConversation;
  material: RunMaterial;
  /** `may_ask`: a reply that asks for files is answered, where the model has full instructions. */
  asking: 'may_ask' | 'cannot_ask';
}

/**
 * Puts what the run holds before the first message of a task. Where the layout shows turns, these are the files that it changes and that stood in replies which
 * were shortened.
 */
export function showBefore({ step, conversation, material, asking }: ShowBeforeOptions): void {
  const { run, task } = step;
  const { layout, length } = conversation.style;
  const mayAsk = asking === 'may_ask' && length === 'full';
  conversation.show(async (message) => {
    if (showsTurns(layout)) {
      const hidden = await hiddenFiles(run, task.task, '');
      const files = material.files.filter((file) => [...hidden.values()].some(({ path }) => path === file.path));
      return showStanding({ step, conversation, files, of: 'hidden', message, mayAsk });
    }
    const beside = renderMaterial({ material, layout });
    const standing = await showStanding({ step, conversation, files: material.files, of: 'all', message: `${beside}${message}`, mayAsk });
    return `${standing}${beside}`;
  });
}
