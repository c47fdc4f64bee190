import type { Task } from '../../agents/task.ts';
import { ModelError } from '../../llm/model-error.ts';
import { replyOfTurn } from '../../state/run/turn-of.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { carryOut } from '../assignments/carry-out.ts';
import { materialOfRun } from '../material-of-run.ts';
import { settleConversation } from '../conversing/settle-conversation.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import { agentStepOptions } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind, StepOptions } from '../step-kind.ts';

/**
 * An agent does its task: what it plans is asked for one thing at a time; where it plans nothing, one message asks for all, and at most one corrective turn
 * follows.
 */
export const agentStep: BuiltInStepKind<typeof agentStepOptions> = {
  name: 'agent',
  options: agentStepOptions,
  needs: ({ role, expects }) => ({ model: true, role, expects }),
  async execute(options) {
    const { run, task, assignment } = options;
    const agent = run.agentOf(task.role);
    const role = run.modelOf(task);
    const conversation = new TaskConversation({ run, role, system: systemMessage(run, task), assignment });
    const told = taskFor(options);
    const outcome = await outcomeOf(options, async () => {
      const material = await materialOfRun(run, task.task);
      const plan = agent.plan(told, material, role.style);
      if (plan !== undefined) {
        const whole = { step: options, task: told, agent, conversation };
        return agent.track(told, conversation.signal, () => carryOut(whole, plan));
      }
      conversation.show(material);
      return settleConversation({ step: options, conversation, material, begin: () => agent.runTask(told, conversation) });
    });
    told.completedAt = run.clock.now();
    if (outcome.status === 'failed') told.error = outcome.error.message;
    else if (outcome.status === 'completed') told.result = replyOfTurn(outcome.turn, run.journal.state)?.text;
    return outcome;
  },
};

async function outcomeOf({ run, task, assignment }: StepOptions, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
  try {
    return await work();
  } catch (error) {
    assignment.signal.throwIfAborted();
    if (!(error instanceof MultiagentError)) run.logger.error('A step failed unexpectedly', { task: task.task, error });
    const described = describeError(error);
    if (!(error instanceof ModelError && error.kind === 'transient')) return { status: 'failed', error: described, again: 'never' };
    const failures = run.callRetries.failuresOf(task.task);
    const message = failures > 1 ? `${described.message} ${failures} tries in a row have failed.` : described.message;
    return { status: 'failed', error: { ...described, message }, again: 'later' };
  }
}

function taskFor({ run, task }: StepOptions): Task {
  const { state } = run.journal;
  return {
    taskId: task.task,
    taskType: task.taskType,
    description: task.description,
    expects: task.expects,
    step: { number: task.number, of: state.tasks.size },
    context: state.context,
    priority: task.priority,
    dependencies: task.dependencies,
    createdAt: task.createdAt,
  };
}
