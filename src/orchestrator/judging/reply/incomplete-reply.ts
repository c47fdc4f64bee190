import type { AgentReply } from '../../../agents/task-session.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';

/** Code `reply.incomplete`: the reply has no end of its own. */
export function incompleteReply({ finishReason }: AgentReply): MultiagentError {
  const { why, hint } = whyIncomplete(finishReason);
  return new MultiagentError({ code: 'reply.incomplete', message: `${why}, so it is not complete. What arrived is kept.`, hint });
}

function whyIncomplete(finishReason: AgentReply['finishReason']): { why: string; hint: string } {
  switch (finishReason) {
    case 'length':
      return {
        why: 'The reply was cut at the limit of tokens that is set for it',
        hint: 'Raise llm_max_tokens, or max_tokens of the role, the task type or the model profile, or ask for less in the requirement.',
      };
    case 'repetition':
      return {
        why: 'The model says the same over and over, also after the reply was cut back and continued with other sampling',
        hint: 'Try a higher temperature or min_p for this step (task_sampling), a larger model, or "multiagent retry".',
      };
    case 'planned_length':
      return {
        why: 'The reply went on beyond the length that was planned for it',
        hint: 'Start the model server with a larger context (-c), ask for less in the requirement, or use a larger model.',
      };
    case 'unfinished':
      return {
        why: 'The reply had no end after it was continued as far as it went',
        hint: 'Start the model server with a larger context (-c), ask for less in the requirement, or turn thinking off if the model thinks without end.',
      };
    default:
      return {
        why: `The reply ended early (${finishReason})`,
        hint: 'Look at the log of the model server; "multiagent retry" tries again.',
      };
  }
}
