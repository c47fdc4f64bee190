import type { AgentReply } from '../../agents/task-session.ts';
import type { Task } from '../../agents/task.ts';
import { ModelError } from '../../llm/model-error.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { carryOut } from '../assignments/carry-out.ts';
import { materialOfRun } from '../assignments/material-of-run.ts';
import { checkWrittenFiles } from '../artifacts/check-written-files.ts';
import { keepReply } from '../conversation/keep-reply.ts';
import { repairFiles } from '../artifacts/repair-files.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import type { TaskOutcome } from '../scheduling/task-executor.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import type { StepKind, StepOptions } from './step-kind.ts';

/**
 * An agent answers, and what its reply holds goes to the disk. At most one corrective turn follows: for a reply without what the step expects, or for files
 * that do not parse.
 */
export const agentStep: StepKind = {
  name: 'agent',
  async execute(options) {
    const { run, task, assignment } = options;
    const agent = run.agentOf(task.role);
    const role = run.modelOf(task.role);
    const conversation = new TaskConversation({ run, role, system: systemMessage(run, task.role), assignment });
    const told = taskFor(options);
    const outcome = await outcomeOf(options, async () => {
      const material = await materialOfRun(run, task.task);
      const plan = agent.plan(told, material, role.style);
      if (plan !== undefined) {
        const whole = { step: options, task: told, agent, conversation };
        return agent.track(told, conversation.signal, () => carryOut(whole, plan));
      }
      conversation.show(material);
      return settle(options, conversation, await agent.runTask(told, conversation));
    });
    told.completedAt = run.clock.now();
    if (outcome.status === 'failed') told.error = outcome.error.message;
    else told.result = run.journal.state.activities.get(outcome.turn?.replied ?? '')?.text;
    return outcome;
  },
};

async function outcomeOf({ run, task, assignment }: StepOptions, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
  try {
    return await work();
  } catch (error) {
    assignment.signal.throwIfAborted();
    if (!(error instanceof MultiagentError)) run.logger.error('A step failed unexpectedly', { task: task.task, error });
    const again = error instanceof ModelError && error.kind === 'transient' ? 'later' : 'never';
    return { status: 'failed', error: describeError(error), again };
  }
}

async function settle(options: StepOptions, conversation: TaskConversation, first: AgentReply): Promise<TaskOutcome> {
  const { task } = options;
  const kept = await keepReply(options, first);
  const broken = await checkWrittenFiles(options);
  if (kept.usable && first.finishReason === 'stop') {
    const whole = conversation.turn;
    return { status: 'completed', turn: (await repairFiles({ step: options, conversation, broken })) ?? whole };
  }
  if (first.finishReason !== 'stop') return failed(incomplete(first));
  const second = await conversation.ask(correction[task.expects]);
  const keptAgain = await keepReply(options, second);
  await checkWrittenFiles(options);
  if (keptAgain.usable && second.finishReason === 'stop') return { status: 'completed', turn: conversation.turn };
  if (second.finishReason !== 'stop') return failed(incomplete(second));
  return failed(nothingUsable(task.expects, keptAgain.refused));
}

/** Says what is missing without an example that a small model could answer instead. */
const correction = {
  files:
    'Your last reply contained no file. Give the complete files of this step now, each in a fenced code block of its own whose info string is the language, a colon and the path of the file.',
  text: 'Your last reply was empty. Write the text of this step now.',
};

function failed(error: MultiagentError): TaskOutcome {
  return { status: 'failed', error: describeError(error), again: 'never' };
}

function incomplete({ finishReason }: AgentReply): MultiagentError {
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
        why: 'The model says the same over and over at the end of the reply',
        hint: 'Try a higher temperature or min_p for this step (task_sampling), a larger model, or "multiagent retry".',
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

function nothingUsable(expects: 'text' | 'files', refused: string[]): MultiagentError {
  const reasons = refused.length > 0 ? ` Refused: ${refused.join('; ')}.` : '';
  return new MultiagentError({
    code: expects === 'files' ? 'reply.no_files' : 'reply.empty',
    message: `${expects === 'files' ? 'The step was to deliver files, and two replies held none.' : 'Two replies were empty.'}${reasons}`,
    hint: 'A larger model, or one made for code, follows the file format more reliably. The replies are kept in the journal.',
  });
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
