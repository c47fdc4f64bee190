import { demandedPaths } from '../../agents/plans/file-purpose.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { checkWrittenFiles } from './check-written-files.ts';
import { repairFiles } from './repair-files.ts';
import { keepReply } from '../conversation/keep-reply.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { TaskOutcome } from '../task-executor.ts';
import type { StepOptions } from '../step-kind.ts';
import { proveExamples } from './prove-examples.ts';
import { findFault, type Fault } from './find-fault.ts';
import { incompleteReply } from './incomplete-reply.ts';

export interface SettleConversationOptions {
  step: StepOptions;
  conversation: TaskConversation;
  /** What the run held before the step. */
  material: RunMaterial;
  first: AgentReply;
}

/** A reply that is asked for once more is to be another one. */
const warmer = 0.3;
const warmest = 1;

/**
 * What becomes of the replies of a step that one message asks for: they are kept, and one that is not what the step is for gets one corrective turn with
 * other sampling. A second one like it makes the step fail.
 */
export async function settleConversation({ step, conversation, material, first }: SettleConversationOptions): Promise<TaskOutcome> {
  const { task, run } = step;
  const expected = task.expects === 'files' ? demandedPaths(task.taskType, material) : [];
  let reply = first;
  let firstFault: Fault | undefined;
  for (;;) {
    const kept = await keepReply(step, reply, { expected });
    const broken = await checkWrittenFiles(step);
    if (!isTakenAsItStands(step, reply)) return failed(incompleteReply(reply));
    const fault = await findFault({
      step,
      material,
      message: replyOf(run.journal.state, conversation.first)?.message ?? '',
      reply,
      kept,
    });
    if (fault === undefined) {
      const whole = conversation.turn;
      const repaired = firstFault === undefined ? await repairFiles({ step, conversation, broken }) : undefined;
      await proveExamples(step);
      return { status: 'completed', turn: repaired ?? whole };
    }
    if (firstFault !== undefined) return failed(notManaged(task.taskType, [firstFault, fault], kept.refused));
    firstFault = fault;
    const { temperature = 0.7 } = run.modelOf(task).limitsOf(task).sampling;
    reply = await conversation.ask(fault.correction, { sampling: { temperature: Math.min(warmest, temperature + warmer) } });
  }
}

/** A text that was ended where it began to repeat itself, or at its planned length, is worth what stands in it; half a file is worth nothing. */
function isTakenAsItStands({ task }: StepOptions, { finishReason }: AgentReply): boolean {
  return finishReason === 'stop' || (task.expects === 'text' && (finishReason === 'repetition' || finishReason === 'planned_length'));
}

function failed(error: MultiagentError): TaskOutcome {
  return { status: 'failed', error: describeError(error), again: 'never' };
}

function notManaged(taskType: string, faults: Fault[], refused: string[]): MultiagentError {
  const reasons = refused.length > 0 ? ` Refused: ${refused.join('; ')}.` : '';
  const whys = [...new Set(faults.map(({ why }) => why))].join('; then ');
  return new MultiagentError({
    code: faults.at(-1)!.code,
    message: `The team did not manage ${taskType} in two replies: ${whys}.${reasons}`,
    hint: 'A larger model, or one made for code, follows the file format more reliably. The replies are kept in the journal.',
  });
}
