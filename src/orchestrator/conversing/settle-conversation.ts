import { repairableFiles, type BrokenFile } from '../judging/broken-file.ts';
import { demandedPaths } from '../../agents/plans/file-purpose.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { activitiesBefore } from '../activities/activities-before.ts';
import { callAndGoOn } from '../calling/call-and-go-on.ts';
import { callFinding, unreadableFinding } from '../calling/call-finding.ts';
import { callsOf } from '../calls-of.ts';
import { callsIn } from '../calling/calls-in.ts';
import { describeError } from '../../utils/describe-error.ts';
import { checkWrittenFiles } from './check-written-files.ts';
import { repairFiles } from './repair-files.ts';
import { keepReply } from '../conversation/keep-reply.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { TaskOutcome } from '../task-executor.ts';
import type { StepOptions } from '../step-kind.ts';
import { notManaged } from '../judging/not-managed.ts';
import { filesUnseenBy } from '../showing/seen-files.ts';
import { questionIn } from '../showing/question-in.ts';
import { showAndGoOn } from '../showing/show-and-go-on.ts';
import { proveWork } from './prove-work.ts';
import { firstFindings } from '../../agents/loop/finding.ts';
import { followSteps, type AskingStep } from '../../agents/loop/follow-steps.ts';
import type { Tried } from '../../agents/loop/next-step.ts';
import { mendEditMessage } from '../judging/reply/failed-edits.ts';
import { replyCheckers } from '../judging/reply/reply-checkers.ts';
import { wholeStep } from '../../agents/loop/turn-bounds.ts';

export interface SettleConversationOptions {
  step: StepOptions;
  conversation: TaskConversation;
  /** What the run held before the step. */
  material: RunMaterial;
  /** Asks for the first time. */
  begin: () => Promise<AgentReply>;
}

const noCalls = { calls: [], more: 0, text: '' };

/** A reply that is asked for once more is to be another one. */
const warmer = 0.3;
const warmest = 1;

interface SettledReply extends Tried {
  turn: TaskConversation['turn'];
  broken: readonly BrokenFile[];
  refused: string[];
}

/**
 * What becomes of the replies of a step that one message asks for: they are kept, and one that is not what the step is for gets a corrective turn with other sampling.
 * Another one like it makes the step fail. One that asks for files is shown them, one that would replace files unseen is shown these, and one that calls tools is told what they say.
 */
export async function settleConversation({ step, conversation, material, begin }: SettleConversationOptions): Promise<TaskOutcome> {
  const { task, run } = step;
  const expected = task.expects === 'files' && task.orText !== true ? demandedPaths(task.taskType, material) : [];

  const may = callsOf(step);
  let gaveBefore = false;
  const settle = async (by: Tried['by'], reply: AgentReply): Promise<SettledReply> => {
    const question = await questionIn(step, reply);
    if (question !== undefined) return { by, findings: [question], turn: conversation.turn, broken: [], refused: [] };
    const { calls, ...called } = callsIn({ calls: may }, reply);
    const says = { ...reply, text: called.text };
    const isUnreadable = reply.finishReason === 'unreadable_call';
    const calling = isUnreadable
      ? [unreadableFinding]
      : calls.length === 0
        ? []
        : [callFinding(task, activitiesBefore(run.journal.state, task.task, conversation.last ?? ''), { calls, ...called })];
    // What stands beside calls is a result only where it holds files: these are what the calls are about.
    if (calling.length > 0 && (task.expects !== 'files' || run.files.parseCodeBlocks(says.text).length === 0))
      return { by, findings: calling, turn: conversation.turn, broken: [], refused: [] };
    const { isUnseen, told } = await filesUnseenBy(step, conversation.last ?? '');
    const kept = await keepReply(step, says, { expected, isUnseen });
    const broken = await checkWrittenFiles(step);
    const message = replyOf(run.journal.state, conversation.first)?.message ?? '';
    const found = await firstFindings(replyCheckers, { step, material, message, reply: says, kept, gaveBefore, told, broken });
    gaveBefore ||= kept.usable;
    const isAboutFiles = found.some(({ remedy }) => remedy === 'show' || remedy === 'mend_edit');
    const findings = calling.length > 0 && !isAboutFiles ? calling : found;
    return { by, findings, turn: conversation.turn, broken, refused: kept.refused };
  };
  const act = async (next: AskingStep, tried: readonly SettledReply[]): Promise<SettledReply> => {
    if (next.kind === 'repair') {
      const before = tried.at(-1)!;
      const turn = await repairFiles({ step, conversation, broken: repairableFiles(before.broken) });
      return { ...before, by: 'repair', findings: turn === undefined ? before.findings : [], turn };
    }
    if (next.kind === 'call') {
      const { calls = noCalls } = next.finding;
      return settle(next.kind, await callAndGoOn({ step, conversation, calls }));
    }
    if (next.kind === 'show') return settle(next.kind, await showAndGoOn({ step, conversation, finding: next.finding }));
    if (next.kind === 'mend_edit') return settle(next.kind, await conversation.goOn(mendEditMessage(next)));
    const { temperature = 0.7 } = run.modelOf(task).limitsOf(task).sampling;
    const correction =
      next.kind === 'correct' ? (next.finding.correction ?? '') : (replyOf(run.journal.state, conversation.first)?.message ?? '');
    const reply = await conversation.ask(correction, { sampling: { temperature: Math.min(warmest, temperature + warmer) } });
    return settle(next.kind, reply);
  };

  const end = await followSteps({
    bounds: { ...wholeStep, calls: may?.most ?? 0 },
    begin: async () => settle('first', await begin()),
    act,
  });
  if (end.kind === 'accepted') {
    await proveWork(step);
    return { status: 'completed', turn: end.reply.turn };
  }
  return {
    status: 'failed',
    error: describeError(
      notManaged({ taskType: task.taskType, findings: end.findings, replies: end.tried.length, refused: end.tried.at(-1)?.refused }),
    ),
    again: 'never',
  };
}
