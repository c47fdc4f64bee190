import type { BaseAgent } from '../../agents/base-agent.ts';
import type { Task } from '../../agents/task.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { StepOptions } from '../step-kind.ts';

/** What carrying out the assignments of a task takes. */
export interface AssignmentOptions {
  step: StepOptions;
  /** As the agent is told of it. */
  task: Task;
  agent: BaseAgent;
  conversation: TaskConversation;
}
